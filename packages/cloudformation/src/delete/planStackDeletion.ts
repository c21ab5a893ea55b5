import { ConflictError, NotFoundError } from '@backstage/errors';
import { poll } from '@data-lake/aws';
import { holdsObjects } from '@data-lake/s3-sync';
import { listEvents } from '../stack/events';
import { toCallerName } from '../stack/identity';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { findStack, StackState } from '../stack/stack';
import { listStackResources, StackResource } from '../stack/stackResources';
import { readStackTemplate } from '../stack/stackTemplate';
import { splitByRetention } from '../template/splitByRetention';
import { DeletionOptions } from './deletionOptions';
import { readRetentionUpdate, toRetentionCaller } from './dropRetention';
import { planDeletion } from './planDeletion';

/** A resource that is deleted with its stack. @public */
export interface DeletedResource extends StackResource {
  /** True if AWS keeps a snapshot of it, by its deletion policy. */
  keepsSnapshot?: true;
}

/** The plan of a deletion, as data. @public */
export interface StackDeletionPlan {
  stackName: string;
  /** `follow`: the stack is already being deleted. */
  does: 'nothing' | 'follow' | 'delete';
  /** CloudFormation's status, or `NOT_THERE`. */
  status: string;
  /** Absent if there is no stack. */
  stackId?: string;
  /** Resources deleted with the stack. */
  goes: DeletedResource[];
  /** Resources that outlive the stack, by their deletion policy. */
  stays: StackResource[];
  /** Buckets that are deleted and hold objects: the stack is deleted only if they may be emptied. */
  fullBuckets: string[];
}

/**
 * Plans the deletion of a stack: what it deletes and what it leaves. Changes nothing.
 *
 * @throws ConflictError if the stack must not be deleted, InputError if its data cannot be removed
 * @public
 */
export async function planStackDeletion(
  options: DeletionOptions,
): Promise<StackDeletionPlan> {
  return (await readDeletion(options)).plan;
}

/** A plan, with the update that must come first so that no resource outlives the stack. */
export interface PlannedDeletion {
  plan: StackDeletionPlan;
  retentionUpdate?: DeploymentSpec;
}

/** Reads the stack and plans its deletion. */
export async function readDeletion(
  options: DeletionOptions,
): Promise<PlannedDeletion> {
  const { stackName, ownership } = options;
  const stack = await findSettledStack(options);
  const decision = planDeletion({ stackName, stack, ownership });
  const none = { stackName, goes: [], stays: [], fullBuckets: [] };
  switch (decision.do) {
    case 'refuse':
      throw new ConflictError(decision.reason);
    case 'nothing':
      return { plan: { ...none, does: 'nothing', status: 'NOT_THERE' } };
    case 'follow':
      return {
        plan: {
          ...none,
          does: 'follow',
          status: stack!.status,
          stackId: decision.stackId,
        },
      };
    default:
      return readContents(options, stack!);
  }
}

async function readContents(
  options: DeletionOptions,
  stack: StackState,
): Promise<PlannedDeletion> {
  const { clients, stackName, signal } = options;
  const source = { clients, stackId: stack.id, signal };
  const [resources, template] = await Promise.all([
    listStackResources(source),
    stack.status === 'REVIEW_IN_PROGRESS' ? {} : readStackTemplate(source),
  ]);
  const { goes, stays } = splitByRetention(
    resources.map(toStackResource),
    template,
  );
  const outlives =
    stays.length > 0 || goes.some(({ keepsSnapshot }) => keepsSnapshot);
  const dropsRetention = options.removeData && outlives && isUpdatable(stack);
  const retentionUpdate = dropsRetention
    ? await readRetentionUpdate(options, stack)
    : undefined;
  const all = dropsRetention ? [...goes, ...stays].map(toStackResource) : goes;
  return {
    plan: {
      stackName,
      does: 'delete',
      status: stack.status,
      stackId: stack.id,
      goes: all,
      stays: dropsRetention ? [] : stays,
      fullBuckets: await listFullBuckets(options, all),
    },
    retentionUpdate,
  };
}

/** Leaves the status out: its reason may quote a secret, and a deletion does not know which texts are secret. */
const toStackResource = ({
  logicalId,
  type,
  physicalId,
}: StackResource): StackResource => ({ logicalId, type, physicalId });

/** Retention is dropped by an update, which a stack that was never created cannot take. */
const isUpdatable = ({ status }: StackState) =>
  /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(
    status,
  );

/** Lists the buckets among resources that hold objects; one that is not there is no obstacle. @public */
export async function listFullBuckets(
  { clients, signal }: Pick<DeletionOptions, 'clients' | 'signal'>,
  resources: readonly StackResource[],
): Promise<string[]> {
  const full: string[] = [];
  for (const { type, physicalId } of resources) {
    if (type !== 'AWS::S3::Bucket' || !physicalId) continue;
    const isFull = await holdsObjects(clients, physicalId, signal).catch(
      (error: unknown) => {
        // a bucket that was deleted manually is no obstacle
        if (error instanceof NotFoundError) return false;
        throw error;
      },
    );
    if (isFull) full.push(physicalId);
  }
  return full;
}

/** Finds the stack; waits first for an update of an earlier try, killed since, that drops retention. */
async function findSettledStack(
  options: DeletionOptions,
): Promise<StackState | undefined> {
  const { clients, stackName, signal, log, timeoutMinutes = 60 } = options;
  const settled = await poll({
    ask: find,
    first: await find(),
    until: ({ isBusy }) => !isBusy,
    deadline: Date.now() + timeoutMinutes * 60_000,
    describe: () => `the last update of ${stackName}`,
    signal,
    log,
  });
  return settled.stack;

  async function find() {
    const stack = await findStack(clients, stackName, signal);
    if (stack) await options.authorizeStack?.(stack.tags);
    const isBusy = stack ? await isDroppingRetention(options, stack) : false;
    return { stack, isBusy };
  }
}

async function isDroppingRetention(
  options: DeletionOptions,
  { id, status }: StackState,
): Promise<boolean> {
  const isUpdating = /^UPDATE_(.*_)?IN_PROGRESS$/.test(status);
  if (!options.removeData || !isUpdating) return false;
  const { clients, signal } = options;
  const source = { clients, stackId: id, newestPage: true, signal };
  const [newest] = (await listEvents(source)).slice(-1);
  const caller = toCallerName(toRetentionCaller(options));
  return newest?.token?.startsWith(caller) ?? false;
}
