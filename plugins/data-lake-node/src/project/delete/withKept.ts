import { NotFoundError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { AdoptedResource, StackDeletionPlan } from '@data-lake/cloudformation';
import { holdsObjects } from '@data-lake/s3-sync';
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
 * @returns in the order of their deletion
 */
export async function withKept(
  options: Options,
  plans: readonly StackDeletionPlan[],
  kept: readonly KeptOfStack[],
): Promise<StackDeletionPlan[]> {
  const gone = kept.filter(
    ({ stackName, resources }) =>
      resources.length > 0 && isGone(plans, stackName),
  );
  const planned = await Promise.all(gone.map(each => planKept(options, each)));
  const others = plans.filter(
    ({ stackName }) => !gone.some(each => each.stackName === stackName),
  );
  return sortByStackOrder([...others, ...planned], ({ stackName }) =>
    toProjectStackName(stackName),
  ).reverse();
}

/** Whether an environment's stack does not exist. */
export const isGone = (
  plans: readonly StackDeletionPlan[],
  stackName: string,
): boolean => {
  const plan = plans.find(each => each.stackName === stackName);
  return plan === undefined || plan.does === 'nothing';
};

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
    fullBuckets: await listFull(options, resources),
  };
}

async function listFull(
  { clients, signal }: Options,
  resources: readonly AdoptedResource[],
): Promise<string[]> {
  const buckets = resources.filter(({ type }) => type === 'AWS::S3::Bucket');
  const full = await Promise.all(
    buckets.map(({ physicalId }) =>
      holdsObjects(clients, physicalId, signal).catch(error => {
        if (error instanceof NotFoundError) return false;
        throw error;
      }),
    ),
  );
  return buckets
    .filter((_, index) => full[index])
    .map(({ physicalId }) => physicalId);
}
