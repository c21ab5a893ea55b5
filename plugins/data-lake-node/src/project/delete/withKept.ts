import { AwsClients } from '@data-lake/aws';
import { listFullBuckets, StackDeletionPlan } from '@data-lake/cloudformation';
import { KeptOfStack } from '../kept/listKept';
import { sortByStackOrder, toProjectStackName } from '../spec/stackOrder';

interface Options {
  clients: AwsClients;
  removeData?: boolean;
  signal?: AbortSignal;
}

/**
 * Adds to the plans of an environment's stacks what those that are gone have left: without the second key it stays;
 * with it, it goes as if the stack were there.
 *
 * @param gone - what stacks that are gone have left
 * @returns in the order of their deletion
 */
export async function withKept(
  options: Options,
  plans: readonly StackDeletionPlan[],
  gone: readonly KeptOfStack[],
): Promise<StackDeletionPlan[]> {
  const planned = await Promise.all(gone.map(each => planKept(options, each)));
  const others = plans.filter(
    ({ stackName }) => !gone.some(each => each.stackName === stackName),
  );
  return sortByStackOrder([...others, ...planned], ({ stackName }) =>
    toProjectStackName(stackName),
  ).reverse();
}

async function planKept(
  options: Options,
  { stackName, resources }: KeptOfStack,
): Promise<StackDeletionPlan> {
  const plan = { stackName, status: 'NOT_THERE', fullBuckets: [] };
  if (!options.removeData) {
    return { ...plan, does: 'nothing', goes: [], stays: resources };
  }
  return {
    ...plan,
    does: 'delete',
    goes: resources,
    stays: [],
    fullBuckets: await listFullBuckets(options, resources),
  };
}
