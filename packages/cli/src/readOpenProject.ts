import {
  assertProjectOpen,
  ProjectFiles,
  readProjectFiles,
} from '@data-lake/plugin-data-lake-node';
import { OpenEnvironment } from './openEnvironment';

/**
 * Reads the files of a project whose stacks, buckets and MWAA environment are its owner's to deploy to.
 *
 * @throws InputError, NotAllowedError, NotFoundError
 */
export async function readOpenProject(
  environment: OpenEnvironment,
): Promise<ProjectFiles> {
  const files = await readProjectFiles(environment);
  await assertProjectOpen(environment, { ...environment, files });
  return files;
}
