import { posix } from 'node:path';
import { InputError } from '@backstage/errors';
import { isSameRef } from '@data-lake/plugin-data-lake-common';
import { readWorkspaceProject, WorkspaceProject } from './readWorkspaceProject';

/**
 * Reads the project in a folder of the workspace, which must be the entity's: otherwise a caller who may
 * deploy one entity could deploy as another.
 *
 * @throws InputError if it is missing or belongs to another entity
 */
export async function readEntityProject(
  workspace: string,
  folder: string,
  entityRef: string,
): Promise<WorkspaceProject> {
  const path = posix.join(folder, 'project.yaml');
  const read = await readWorkspaceProject(workspace, path);
  const { entity } = read.project;
  if (isSameRef(entity, entityRef)) return read;
  throw new InputError(`${path} belongs to ${entity}, not to ${entityRef}`);
}
