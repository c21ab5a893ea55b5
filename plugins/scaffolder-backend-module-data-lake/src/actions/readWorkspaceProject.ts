import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { Project } from '@data-lake/plugin-data-lake-common';
import { parseProject } from '@data-lake/plugin-data-lake-node';

/** A project in the workspace. */
export interface WorkspaceProject {
  project: Project;
  /** Absolute folder of the project. */
  source: string;
}

/**
 * Reads a `project.yaml` of the workspace.
 *
 * @throws InputError if it is missing or wrong
 */
export async function readWorkspaceProject(
  workspace: string,
  path = 'project.yaml',
): Promise<WorkspaceProject> {
  const file = resolveSafeChildPath(workspace, path);
  try {
    const project = parseProject(await readFile(file, 'utf8'));
    return { project, source: dirname(file) };
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new InputError(`The workspace has no file ${path}`);
  }
}
