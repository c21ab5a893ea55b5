import { isOwnedBy } from '@data-lake/plugin-data-lake-common';
import { findStack } from '@data-lake/cloudformation';
import { ProjectFiles } from '../spec/readProjectFiles';
import { foundations } from '../spec/stackOrder';
import { toCodeBucket } from '../spec/toCodeBucket';
import { ProjectOptions } from './projectOptions';

/**
 * Finds the code bucket of an environment; undefined before the first create of its foundations stack, and for
 * a stack of another entity, whose deployment is refused.
 *
 * @throws the error of `authorizeStack` if the caller may not change the stack
 */
export async function findCodeBucket(
  options: Pick<
    ProjectOptions,
    'clients' | 'files' | 'signal' | 'authorizeStack'
  >,
): Promise<string | undefined> {
  const { clients, files, signal, authorizeStack } = options;
  const { stackName } = getFoundations(files);
  const stack = await findStack(clients, stackName, signal);
  if (!stack || !isOwnedBy(stack.tags, files.deployment.entity)) {
    return undefined;
  }
  await authorizeStack(stack.tags);
  const isMade = stack.outputs.CodeBucketName !== undefined;
  return isMade ? toCodeBucket(files.deployment) : undefined;
}

/** Gets the foundations stack, which every project has. */
export const getFoundations = (
  files: ProjectFiles,
): ProjectFiles['stacks'][number] =>
  files.stacks.find(({ name }) => name === foundations)!;
