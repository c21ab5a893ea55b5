import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  Entity,
  getEntitySourceLocation,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { Project } from '@data-lake/plugin-data-lake-common';
import { parseProject } from '../spec/parseProject';

/** A project's files, as its repository has them. @public */
export interface Repository {
  /** Where it was read from. */
  url: string;
  /** Where it is now; absolute. */
  folder: string;
  project: Project;
  /** Of what was read, where the repository's host tells it. */
  commit?: string;
}

/**
 * Reads the repository of an entity, at the branch that its source location names (the repository's
 * default where it names none), into a folder.
 *
 * @param options - `commit`, where given, must still be the branch's newest
 * @throws InputError where the entity names no readable source, or another entity's project;
 * ConflictError where the branch has moved on
 * @see https://backstage.io/docs/features/software-catalog/well-known-annotations/#backstageiosource-location
 * @public
 */
export async function fetchRepository(options: {
  entity: Entity;
  reader: UrlReaderService;
  /** An empty folder. */
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
      }, not at ${commit} any more. Preview again`,
    );
  }
  await tree.dir({ targetDir: folder });
  const project = await readProject(folder, url);
  const entityRef = stringifyEntityRef(entity);
  if (project.entity.toLowerCase() !== entityRef) {
    throw new InputError(
      `${url} is not the repository of ${entityRef}: its project.yaml says that it is ${project.entity}`,
    );
  }
  return { url, folder, project, commit: newest };
}

/**
 * Whether the repository of an entity says, at its main branch, that an environment's data may be
 * deleted: the first of the two keys to it, which is turned by review.
 *
 * @throws what {@link fetchRepository} throws
 * @public
 */
export async function readRemovable(options: {
  entity: Entity;
  environment: string;
  reader: UrlReaderService;
  signal?: AbortSignal;
}): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'data-lake-'));
  try {
    const { project } = await fetchRepository({ ...options, folder });
    return project.environments.some(
      ({ name, removable }) => name === options.environment && removable,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of a file, its folder: whether it may be read is up to the reader. */
function toSourceUrl(entity: Entity): string {
  const { type, target } = getEntitySourceLocation(entity);
  if (type === 'url') return target;
  if (type === 'file') return `${pathToFileURL(dirname(target))}/`;
  throw new InputError(
    `${stringifyEntityRef(
      entity,
    )} comes from a ${type} location (${target}), which cannot be read as a repository. Give it the annotation backstage.io/source-location: url:…`,
  );
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
