import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { isSameRef, Project } from '@data-lake/plugin-data-lake-common';
import { parseProject } from '../spec/parseProject';
import { toSourceUrl } from './toSourceUrl';

/** A project's files, as read from its repository. @public */
export interface Repository {
  /** URL of its source. */
  url: string;
  /** Absolute path of the folder that now holds its files. */
  folder: string;
  project: Project;
  /** Commit that was read; absent if the repository's host does not tell it. */
  commit?: string;
}

/**
 * Reads the repository of an entity into a folder: the branch that its source location names; optional,
 * default the repository's own default branch.
 *
 * @param options - `folder`: an empty folder; `commit`: optional, must still be the branch's newest
 * @throws InputError if the entity names no readable source, or the repository is another entity's
 * @throws ConflictError if the branch has moved on from `commit`
 * @see https://backstage.io/docs/features/software-catalog/well-known-annotations/#backstageiosource-location
 * @public
 */
export async function fetchRepository(options: {
  entity: Entity;
  reader: UrlReaderService;
  folder: string;
  commit?: string;
  signal?: AbortSignal;
}): Promise<Repository> {
  const { entity, reader, folder, commit, signal } = options;
  const url = toSourceUrl(entity);
  const tree = await reader.readTree(url, { signal });
  const newest = tree.etag || undefined;
  if (commit && newest !== commit) {
    throw new ConflictError(
      `${url} is at ${
        newest ?? 'an unknown commit'
      }, no longer at ${commit}. Preview again`,
    );
  }
  await tree.dir({ targetDir: folder });
  const project = await readProject(folder, url);
  const entityRef = stringifyEntityRef(entity);
  if (!isSameRef(project.entity, entityRef)) {
    throw new InputError(
      `${url} is not the repository of ${entityRef}: its project.yaml names ${project.entity}`,
    );
  }
  return { url, folder, project, commit: newest };
}

async function readProject(folder: string, url: string): Promise<Project> {
  const text = await readFile(join(folder, 'project.yaml'), 'utf8').catch(
    error => {
      if (error.code !== 'ENOENT') throw error;
      throw new NotFoundError(`${url} has no project.yaml`);
    },
  );
  return parseProject(text);
}
