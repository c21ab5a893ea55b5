import { consoleUrl, AwsClients, Waiting } from '@data-lake/aws';
import { ConflictError, InputError } from '@backstage/errors';
import {
  ChangeDescription,
  describeChange,
  toAdded,
} from '../change/describeChange';
import { driftText } from '../stack/drift';
import { toCostLines } from '../cost/fixedCost';
import { dangerText, listEndangered } from '../change/gates';
import { MayTouch, planNow, ReadyPlan, Situation } from './planNow';
import {
  ChangePlan,
  dropChangeSet,
  prepareChangeSet,
} from './prepareChangeSet';
import { DeployRequest } from '../stack/request';
import { propertyText } from '../change/propertyChanges';
import { ResourceChange } from '../stack/resourceChange';
import { redact, redactError } from '../stack/secrets';
import { StackState } from '../stack/stack';

/** @public */
export interface PreviewOptions {
  clients: AwsClients;
  request: DeployRequest;
  /** Told each line of the preview. */
  log: (line: string) => void;
  signal?: AbortSignal;
  /** The wait's bound; 10 where absent. */
  timeoutMinutes?: number;
  /** Told the name of the change set as soon as it is known, and of which stack, such as for an audit. */
  onChangeSet?: (name: string, stackName: string) => void;
  /**
   * Told the tags of a stack that is there before anything is done to it, or told of it: throws where the
   * asker may not touch what is somebody else's.
   */
  assertMayTouch?: MayTouch;
}

/** @public */
export interface Preview extends ChangeDescription {
  /** Absent where there is no stack yet. */
  stackId?: string;
  /** What the newest drift detection found, such as `DRIFTED` or `NOT_CHECKED`. */
  drift?: string;
  /** Absent where there is no stack yet. */
  terminationProtection?: boolean;
  templateBytes: number;
  consoleUrl?: string;
}

/**
 * What deploying would do, by a real change set, which is removed again, like the empty stack that a
 * first one makes.
 *
 * @throws InputError, ConflictError where a deployment would be refused
 * @public
 */
export async function previewStack(options: PreviewOptions): Promise<Preview> {
  const { request } = options;
  const asking: Asking = {
    ...options,
    log: line => options.log(redact(request, line)),
    deadline: Date.now() + (options.timeoutMinutes ?? 10) * 60_000,
  };
  try {
    return await preview(asking);
  } catch (error) {
    throw redactError(request, error);
  }
}

type Asking = PreviewOptions & Waiting;

async function preview(asking: Asking): Promise<Preview> {
  const { clients, request, log } = asking;
  // a rollback that is to be continued is not: what comes after it cannot be previewed
  const now = await planNow({ ...asking, purpose: 'preview' });
  const described = await describe(asking, now);
  // a stack that is only being reviewed, or that is dead, is not there
  const there = described.does === 'create' ? undefined : now.stack;
  const drifted = there && driftText(there);
  if (drifted) log(drifted);
  logDescription(clients.target.region, request.stackName, described, log);
  return {
    ...described,
    stackId: there?.id,
    drift: there && (there.drift?.status ?? 'NOT_CHECKED'),
    terminationProtection: there?.terminationProtection,
    templateBytes: Buffer.byteLength(request.template.body),
    consoleUrl:
      there && consoleUrl(clients.target, { of: 'stack', stackId: there.id }),
  };
}

async function describe(
  asking: Asking,
  { plan, stack, newest }: Situation<ReadyPlan>,
): Promise<ChangeDescription> {
  switch (plan.do) {
    case 'create':
    case 'update':
      return askCloudFormation(asking, plan, {
        stack: plan.do === 'update' ? stack : undefined,
        lastEvent: newest.at(-1)?.id,
      });
    case 'delete first':
      return describeChange({
        ...asking,
        does: 'replace',
        resources: toAdded(asking.request),
      });
    default:
      throw toRefusal(plan);
  }
}

function toRefusal(plan: Exclude<ReadyPlan, ChangePlan>): Error {
  if (plan.do !== 'refuse') {
    return new ConflictError(
      'The stack is not in a state that can be previewed; deploy says what to do',
    );
  }
  return plan.because === 'input'
    ? new InputError(plan.reason)
    : new ConflictError(plan.reason);
}

/** The change set is described while it is there, and removed in any case. */
async function askCloudFormation(
  asking: Asking,
  plan: ChangePlan,
  of: { stack?: StackState; lastEvent?: string },
): Promise<ChangeDescription> {
  asking.onChangeSet?.(plan.changeSetName, asking.request.stackName);
  const { state, resources } = await prepareChangeSet({ ...asking, plan });
  try {
    return await describeChange({
      ...asking,
      ...of,
      does: state === 'empty' ? 'nothing' : plan.do,
      resources,
      changeSetName: plan.changeSetName,
    });
  } finally {
    await dropChangeSet({ ...asking, plan });
  }
}

const headlines = {
  create: 'would be created',
  update: 'would be updated',
  replace: 'holds nothing, as its first create failed: would be made anew',
  nothing: 'is as it should be: nothing to change',
} satisfies Record<ChangeDescription['does'], string>;

function logDescription(
  region: string,
  stackName: string,
  { does, resources, broader, cost }: ChangeDescription,
  log: (line: string) => void,
): void {
  log(`Stack ${stackName} ${headlines[does]}`);
  logResources(resources, log);
  if (broader.length > 0) {
    log(
      does === 'update'
        ? 'Permissions that get broader:'
        : 'Permissions that it gives:',
    );
  }
  for (const { logicalId, text } of broader) log(`  ! ${logicalId}: ${text}`);
  const endangered = listEndangered(resources);
  if (endangered.length > 0) log('What holds data and is in danger:');
  for (const change of endangered) log(`  ! ${dangerText(change)}`);
  for (const line of toCostLines(cost, region)) log(line);
}

const marks = {
  added: '+',
  changed: '~',
  'perhaps replaced': '~ perhaps replaced:',
  replaced: '! replaced:',
  removed: '-',
} satisfies Record<ResourceChange['does'], string>;

/** One line a resource, such as `~ Topic (AWS::SNS::Topic)`, and one for each property that changes. */
export function logResources(
  resources: readonly ResourceChange[],
  log: (line: string) => void,
): void {
  for (const { does, logicalId, type, properties, drifted } of resources) {
    const was = drifted ? ', changed outside CloudFormation' : '';
    log(`  ${marks[does]} ${logicalId} (${type}${was})`);
    for (const each of properties) log(`      ${propertyText(each)}`);
  }
}
