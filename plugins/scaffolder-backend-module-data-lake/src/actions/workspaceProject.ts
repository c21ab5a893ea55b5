import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { Project } from '@data-lake/plugin-data-lake-common';
import { parseProject } from '@data-lake/plugin-data-lake-node';
import { Z } from './inputs';

/** Inputs that say which project of the workspace, and which of its environments. */
export const projectInput = {
  path: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Path of project.yaml; default project.yaml'),
  environment: (z: Z) =>
    z.string().optional().describe('Name of an environment; default the first'),
};

/**
 * Reads a `project.yaml` of the workspace.
 *
 * @throws InputError where it is missing or wrong
 */
export async function readWorkspaceProject(
  workspace: string,
  path = 'project.yaml',
): Promise<{ project: Project; source: string }> {
  const file = resolveSafeChildPath(workspace, path);
  try {
    const project = parseProject(await readFile(file, 'utf8'));
    return { project, source: dirname(file) };
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new InputError(`The workspace has no file ${path}`);
  }
}
