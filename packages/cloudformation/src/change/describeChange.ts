import { AwsClients, sha256 } from '@data-lake/aws';
import { isAdoptionTemplate } from '../stack/adoptionTemplate';
import { estimateFixedCost, FixedCost } from '../cost/fixedCost';
import type { BroaderPermission } from '../permissions/findBroaderPermissions';
import { markUnprotected } from '../permissions/markUnprotected';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { ActualState } from '../stack/actualState';
import { NestedChange } from '../stack/nestedChanges';
import { ResourceChange } from '../stack/resourceChange';
import { StackState } from '../stack/stack';
import {
  evaluateTemplate,
  TemplateResource,
  TemplateState,
} from '../template/evaluateTemplate';
import { toCanonicalJson } from '../template/json';
import { redact } from '../template/secrets';
import { assertChecked } from './assertChecked';
import { listBroader } from './listBroader';
import { listNestedBroader } from './listNestedBroader';
import { withPropertyValues } from './propertyChanges';
import { toParametersAfter, readTemplateStates } from './readTemplateStates';
import { withActualState } from './withActualState';

/** The description of a deployment, as data. @public */
export interface ChangeDescription {
  /** `replace` deletes a stack whose first create failed, and creates it again. */
  does: 'create' | 'update' | 'replace' | 'nothing';
  resources: ResourceChange[];
  /** Permissions that the deployment adds; for a new stack, all of its permissions. */
  broader: BroaderPermission[];
  /** The fixed monthly cost after the deployment. */
  cost: FixedCost;
  /**
   * Identifies exactly this change, in hex: another template, parameter or tag, or an operation on the
   * stack meanwhile, gives another digest. Values of NoEcho parameters are not part of it.
   */
  digest: string;
}

/** The change to describe. */
export interface Change {
  clients: AwsClients;
  spec: DeploymentSpec;
  does: ChangeDescription['does'];
  resources: ResourceChange[];
  /** The stack that is changed; absent if one is created. */
  stack?: StackState;
  /** Id of the stack's newest event. */
  lastEvent?: string;
  /** The change set from which the template after macros is read. */
  changeSetName?: string;
  /** The nested stacks that change. */
  nested?: NestedChange[];
  /** The actual state of drifted resources, if drift is reverted. */
  actual?: ActualState;
  signal?: AbortSignal;
}

/** Describes a change. For an existing stack it reads the present template and parameters. */
export async function describeChange(
  change: Change,
): Promise<ChangeDescription> {
  const { spec, resources } = change;
  const { before: deployed, after } = await readTemplateStates(change);
  // a stack that has only taken over resources is as good as new
  const isNew =
    change.does === 'update' && isAdoptionTemplate(deployed?.content);
  const does = isNew ? 'create' : change.does;
  const before =
    isNew || !deployed ? undefined : withActualState(deployed, after, change);
  const { stackName, template } = spec;
  if (does !== 'nothing') {
    const { content } = after;
    assertChecked({ stackName, resources, content, rules: template.rules });
  }
  const { target } = change.clients;
  const broader =
    does === 'nothing'
      ? []
      : [
          ...listBroader({ spec, target, before, after }),
          ...(await listNestedBroader(change)),
        ];
  const former = toResources(before);
  const now = toResources(after);
  const withValues = resources.map(each =>
    withPropertyValues(
      each,
      former.get(each.logicalId),
      now.get(each.logicalId),
      text => redact(spec, text),
    ),
  );
  return {
    does,
    resources: [
      ...markUnprotected(withValues, former, now),
      ...listNestedResources(change),
    ],
    broader,
    cost: estimateFixedCost(former, now),
    digest: toDigest(change, broader),
  };
}

const listNestedResources = ({ nested = [] }: Change) =>
  nested.flatMap(({ resources }) => resources);

/** A new stack follows from the specification alone, whether it replaces a failed one or not. */
function toDigest(change: Change, broader: BroaderPermission[]): string {
  const { clients, spec, does, stack, lastEvent } = change;
  const resources = [...change.resources, ...listNestedResources(change)];
  const actual = [...(change.actual ?? [])];
  const { stackName, template, tags } = spec;
  const desired = [
    clients.target,
    stackName,
    template.digest,
    listOpenParameters(spec),
    tags,
    spec.revertDrift ?? false,
  ];
  const identified = stack
    ? [desired, stack.id, lastEvent ?? '', does, resources, broader, actual]
    : [desired];
  return sha256(toCanonicalJson(identified));
}

function listOpenParameters({ template, parameters }: DeploymentSpec) {
  return Object.entries(parameters)
    .filter(([name]) => !template.parameters[name]?.noEcho)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const toResources = (state?: TemplateState) =>
  state
    ? evaluateTemplate(state.content, state.parameters)
    : new Map<string, TemplateResource>();

/** Lists the resources of a new stack from its template, for a stack that CloudFormation cannot describe yet. */
export function toAddedResources(spec: DeploymentSpec): ResourceChange[] {
  const after = evaluateTemplate(
    spec.template.content,
    toParametersAfter(spec, {}),
  );
  return [...after].map(([logicalId, { type }]) => ({
    logicalId,
    type,
    does: 'added',
    properties: [],
    stateful: false,
  }));
}
