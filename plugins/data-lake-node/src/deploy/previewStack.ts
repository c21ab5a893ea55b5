import { consoleUrl } from '../aws/console';
import { AwsClients } from '../aws/clients';
import { ConflictError, InputError } from '@backstage/errors';
import { ChangeDescription, describeChange, toAdded } from './describe';
import { listEvents } from './events';
import { dangerText, listEndangered } from './gates';
import { DeployPlan, planDeployment } from './plan';
import { dropChangeSet, prepareChangeSet } from './prepare';
import { DeployRequest } from './request';
import { ResourceChange } from './resourceChange';
import { findStack } from './stack';

/** @public */
export interface PreviewOptions {
  clients: AwsClients;
  request: DeployRequest;
  /** Told each line of the preview. */
  log: (line: string) => void;
  signal?: AbortSignal;
  /** The wait's bound; 10 where absent. */
  timeoutMinutes?: number;
}

/** @public */
export interface Preview extends ChangeDescription {
  /** Absent where there is no stack yet. */
  stackId?: string;
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
  const { clients, request, log, signal } = options;
  const stack = await findStack(clients, request.stackName, signal);
  const newest = stack
    ? await listEvents({ clients, stackId: stack.id, newestPage: true, signal })
    : [];
  const lastEvent = newest.at(-1);
  const plan = planDeployment({ request, stack, lastEvent });
  if (plan.do === 'refuse' || plan.do === 'follow') throw toRefusal(plan);
  // a stack that is only being reviewed is not there yet
  const there = stack?.status === 'REVIEW_IN_PROGRESS' ? undefined : stack;
  const about = { clients, request, signal };
  const described = plan.deleteFirst
    ? await describeChange({
        ...about,
        does: 'replace',
        resources: toAdded(request),
        stack,
        lastEvent: lastEvent?.id,
      })
    : await describeChange({
        ...about,
        ...(await askCloudFormation(options, plan)),
        stack: there,
        lastEvent: there && lastEvent?.id,
      });
  logDescription(request.stackName, described, log);
  return {
    ...described,
    stackId: there?.id,
    consoleUrl:
      there && consoleUrl(clients.target, { of: 'stack', stackId: there.id }),
  };
}

function toRefusal(
  plan: Extract<DeployPlan, { do: 'refuse' | 'follow' }>,
): Error {
  if (plan.do === 'follow') {
    return new ConflictError(
      'This step has begun a deployment itself; preview before it',
    );
  }
  return plan.because === 'input'
    ? new InputError(plan.reason)
    : new ConflictError(plan.reason);
}

async function askCloudFormation(
  options: PreviewOptions,
  plan: Extract<DeployPlan, { do: 'create' | 'update' }>,
): Promise<Pick<ChangeDescription, 'does' | 'resources'>> {
  const preparing = {
    ...options,
    plan,
    deadline: Date.now() + (options.timeoutMinutes ?? 10) * 60_000,
  };
  const { state, resources } = await prepareChangeSet(preparing);
  await dropChangeSet(preparing);
  return { does: state === 'empty' ? 'nothing' : plan.do, resources };
}

const headlines = {
  create: 'would be created',
  update: 'would be updated',
  replace: 'holds nothing, as its first create failed: would be made anew',
  nothing: 'is as it should be: nothing to change',
} satisfies Record<ChangeDescription['does'], string>;

function logDescription(
  stackName: string,
  { does, resources, broader }: ChangeDescription,
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
}

const marks = {
  added: '+',
  changed: '~',
  'perhaps replaced': '~ perhaps replaced:',
  replaced: '! replaced:',
  removed: '-',
} satisfies Record<ResourceChange['does'], string>;

/** One line a resource: `~ Topic (AWS::SNS::Topic): DisplayName`. */
export function logResources(
  resources: readonly ResourceChange[],
  log: (line: string) => void,
): void {
  for (const { does, logicalId, type, properties } of resources) {
    const what = properties.length > 0 ? `: ${properties.join(', ')}` : '';
    log(`  ${marks[does]} ${logicalId} (${type})${what}`);
  }
}
