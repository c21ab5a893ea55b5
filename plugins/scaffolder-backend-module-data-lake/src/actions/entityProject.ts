import { InputError } from '@backstage/errors';
import { posix } from 'node:path';
import { readWorkspaceProject } from './workspaceProject';

/**
 * The project in a folder of the workspace, which must be the entity's: whoever may deploy one entity
 * could else deploy as another.
 *
 * @throws InputError where there is none, or it is another entity's
 */
export async function readEntityProject(
  workspace: string,
  folder: string,
  entityRef: string,
): ReturnType<typeof readWorkspaceProject> {
  const path = posix.join(folder, 'project.yaml');
  const read = await readWorkspaceProject(workspace, path);
  const { entity } = read.project;
  if (entity.toLowerCase() === entityRef.toLowerCase()) return read;
  throw new InputError(`${path} is that of ${entity}, not of ${entityRef}`);
}
