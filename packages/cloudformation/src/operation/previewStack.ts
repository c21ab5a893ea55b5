import { ConflictError } from '@backstage/errors';
import { AwsClients, consoleUrl, WaitOptions } from '@data-lake/aws';
import {
  ChangeDescription,
  describeChange,
  toAddedResources,
} from '../change/describeChange';
import { AdoptedResource } from '../stack/adoptedResource';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { ResourceChange } from '../stack/resourceChange';
import { toDriftText } from '../stack/toDriftText';
import { StackState } from '../stack/stack';
import { isStateful } from '../template/isStateful';
import { redact, redactError } from '../template/secrets';
import { describePreview, describeWarnings } from './describePreview';
import {
  AuthorizeStack,
  PlannedStack,
  planStackNow,
  ReadyPlan,
} from './planStackNow';
import { prepareChangeSet, PrepareWork } from './prepareChangeSet';
import { removeChangeSet } from './removeChangeSet';
import { toRefusal } from './toRefusal';

/** @public */
export interface PreviewOptions {
  clients: AwsClients;
  spec: DeploymentSpec;
  /** Gets each line of the preview. */
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Optional, default 10. */
  timeoutMinutes?: number;
  /** Gets the name of the change set as soon as it is known, and of its stack, such as for an audit. */
  onChangeSet?: (name: string, stackName: string) => void;
  /** Gets the tags of an existing stack first; throws if the caller may not touch it. */
  authorizeStack?: AuthorizeStack;
  /**
   * What a new stack takes over. CloudFormation does that in steps, so that no change set shows the whole: it is
   * described from the template.
   */
  adopts?: readonly AdoptedResource[];
}

/** The preview of a deployment, as data. @public */
export interface Preview extends ChangeDescription {
  /** Absent if there is no stack yet. */
  stackId?: string;
  /** The result of the newest drift detection, such as `DRIFTED` or `NOT_CHECKED`. */
  drift?: string;
  /** Absent if there is no stack yet. */
  terminationProtection?: boolean;
  templateBytes: number;
  consoleUrl?: string;
  /** What CloudFormation's early validation warns of; absent if there is nothing. */
  warnings?: string[];
  /** What the preview could not remove, why, and how to remove it; absent if nothing is left. */
  left?: string;
}

/**
 * Previews a deployment by a real change set. The change set is removed afterwards, and so is the empty
 * stack that a first one creates; the preview says if that failed.
 *
 * @throws InputError, ConflictError if a deployment would be refused
 * @public
 */
export async function previewStack(options: PreviewOptions): Promise<Preview> {
  const { spec } = options;
  const work: PreviewWork = {
    ...options,
    log: line => options.log(redact(spec, line)),
    deadline: Date.now() + (options.timeoutMinutes ?? 10) * 60_000,
  };
  try {
    return await preview(work);
  } catch (error) {
    throw redactError(spec, error);
  }
}

type PreviewWork = PreviewOptions & WaitOptions;

async function preview(work: PreviewWork): Promise<Preview> {
  const { clients, spec, log } = work;
  // a failed rollback is not continued: what follows it cannot be previewed
  const planned = await planStackNow({ ...work, purpose: 'preview' });
  const { left, warnings, ...description } = await describePlan(work, planned);
  // a stack that is only in review, or whose first create failed, counts as not existing
  const stack = description.does === 'create' ? undefined : planned.stack;
  const drift = stack && toDriftText(stack);
  if (drift) log(drift);
  const { region } = clients.target;
  describePreview(spec.stackName, description, region).forEach(log);
  describeWarnings(warnings ?? []).forEach(log);
  if (left) log(left);
  return {
    ...description,
    warnings,
    left,
    stackId: stack?.id,
    drift: stack && (stack.drift?.status ?? 'NOT_CHECKED'),
    terminationProtection: stack?.terminationProtection,
    templateBytes: Buffer.byteLength(spec.template.body),
    consoleUrl:
      stack && consoleUrl(clients.target, { of: 'stack', stackId: stack.id }),
  };
}

type PlanDescription = ChangeDescription & Pick<Preview, 'left' | 'warnings'>;

async function describePlan(
  work: PreviewWork,
  { plan, stack, newest }: PlannedStack<ReadyPlan>,
): Promise<PlanDescription> {
  const { adopts = [] } = work;
  if (plan.do === 'create' && adopts.length > 0) {
    const resources = toAddedResources(work.spec).map(each =>
      asAdopted(each, adopts),
    );
    return describeChange({ ...work, does: 'create', resources });
  }
  switch (plan.do) {
    case 'create':
    case 'update':
      return describeByChangeSet(
        { ...work, plan, stack },
        {
          stack: plan.do === 'update' ? stack : undefined,
          lastEvent: newest.at(-1)?.id,
        },
      );
    case 'delete first':
      return describeChange({
        ...work,
        does: 'replace',
        resources: toAddedResources(work.spec),
      });
    case 'refuse':
      throw toRefusal(plan);
    default:
      throw new ConflictError(
        'The stack is in a state that cannot be previewed; a deployment says what to do',
      );
  }
}

function asAdopted(
  added: ResourceChange,
  adopts: readonly AdoptedResource[],
): ResourceChange {
  const { logicalId, type } = added;
  const adopted = adopts.find(each => each.logicalId === logicalId);
  if (!adopted) return added;
  const { physicalId } = adopted;
  return { ...added, physicalId, does: 'adopted', stateful: isStateful(type) };
}

/** The change set exists only while it is described. */
async function describeByChangeSet(
  work: PreviewWork & PrepareWork,
  state: { stack?: StackState; lastEvent?: string },
): Promise<PlanDescription> {
  const { plan, spec, log } = work;
  work.onChangeSet?.(plan.changeSetName, spec.stackName);
  const changeSet = await prepareChangeSet(work);
  let description: ChangeDescription;
  try {
    description = await describeChange({
      ...work,
      ...state,
      does: changeSet.state === 'empty' ? 'nothing' : plan.do,
      resources: changeSet.resources,
      nested: changeSet.nestedChanges,
      actual: changeSet.actual,
      changeSetName: plan.changeSetName,
    });
  } catch (error) {
    const left = await removeChangeSet(work, changeSet);
    if (left) log(left);
    throw error;
  }
  const { warnings } = changeSet;
  return {
    ...description,
    warnings: warnings.length > 0 ? warnings : undefined,
    left: await removeChangeSet(work, changeSet),
  };
}
