import { createHash } from 'node:crypto';
import { AwsClients } from '@data-lake/aws';
import type { BroaderPermission } from '@data-lake/plugin-data-lake-common';
import { Deployed, findBroader } from '../permissions/findBroaderPermissions';
import { estimateFixedCost, FixedCost } from '../cost/fixedCost';
import { toPseudoParameters } from '../template/pseudoParameters';
import { DeployRequest } from '../stack/request';
import {
  asObject,
  canonical,
  ResolvedResource,
  resolveResources,
  toSecret,
} from '../template/evaluateTemplate';
import { withValues } from './propertyChanges';
import { ResourceChange } from '../stack/resourceChange';
import { redact } from '../stack/secrets';
import { StackState } from '../stack/stack';
import {
  readProcessedTemplate,
  readStackParameters,
  readStackTemplate,
} from '../stack/stackTemplate';
import { assertAllowedContent, isYes } from '../template/template';
import { withUnprotected } from '../permissions/unprotected';

/** What a deployment would do, as data. @public */
export interface ChangeDescription {
  /** `replace` deletes a stack whose first create failed, and creates it anew. */
  does: 'create' | 'update' | 'replace' | 'nothing';
  resources: ResourceChange[];
  /** Permissions that are there afterwards and were not before; of a new stack, all. */
  broader: BroaderPermission[];
  /** What it costs a month afterwards, without use. */
  cost: FixedCost;
  /**
   * Names exactly this change, in hex: another template, parameter or tag, or an operation on the stack
   * meanwhile, gives another. Values of NoEcho parameters are not part of it.
   */
  digest: string;
}

interface Change {
  clients: AwsClients;
  request: DeployRequest;
  does: ChangeDescription['does'];
  resources: ResourceChange[];
  /** The stack that is changed; absent where one is made. */
  stack?: StackState;
  /** Its newest event. */
  lastEvent?: string;
  /** By which CloudFormation tells what macros make of the template. */
  changeSetName?: string;
  signal?: AbortSignal;
}

/** Describes a change. Of a stack that is there, the former template and its parameters are read. */
export async function describeChange(
  change: Change,
): Promise<ChangeDescription> {
  const { does, resources } = change;
  const { before, after } = await readBoth(change);
  const broader = does === 'nothing' ? [] : findBroader(before, after);
  const [former, now] = [before, after].map(toResources);
  const cost = estimateFixedCost(former, now);
  const digest = createHash('sha256')
    .update(canonical(whatIsDone(change, broader)))
    .digest('hex');
  return {
    does,
    resources: withUnprotected(
      resources.map(each =>
        withValues(
          each,
          former.get(each.logicalId),
          now.get(each.logicalId),
          text => redact(change.request, text),
        ),
      ),
      former,
      now,
    ),
    broader,
    cost,
    digest,
  };
}

/** What a new stack becomes follows from the request alone, whether a failed one is in its place or not. */
function whatIsDone(
  { clients, request, does, resources, stack, lastEvent }: Change,
  broader: BroaderPermission[],
): unknown {
  const { stackName, template, tags } = request;
  const asked = [
    clients.target,
    stackName,
    template.digest,
    openParameters(request),
    tags,
    request.revertDrift ?? false,
  ];
  return stack
    ? [asked, stack.id, lastEvent ?? '', does, resources, broader]
    : [asked];
}

/** What would be made where CloudFormation cannot be asked: the resources of the template. */
export function toAdded(request: DeployRequest): ResourceChange[] {
  const after = resolveResources(
    request.template.content,
    parametersAfter(request, {}),
  );
  return [...after].map(([logicalId, { type }]) => ({
    logicalId,
    type,
    does: 'added',
    properties: [],
    stateful: false,
  }));
}

/** What the stack is, and what it becomes. */
async function readBoth(
  change: Change,
): Promise<{ before?: Deployed; after: Deployed }> {
  const { clients, request, stack } = change;
  const pseudo = toPseudoParameters(clients.target, request.stackName);
  const former = stack && (await readFormer({ ...change, stack }));
  const before = former && {
    content: former.content,
    parameters: { ...former.parameters, ...pseudo },
  };
  if (change.does === 'nothing' && before) return { before, after: before };
  const asked = parametersAfter(request, former?.parameters ?? {});
  return {
    before,
    after: {
      content: await readContent(change),
      parameters: { ...asked, ...pseudo },
    },
  };
}

const toResources = (deployed?: Deployed) =>
  deployed
    ? resolveResources(deployed.content, deployed.parameters)
    : new Map<string, ResolvedResource>();

/** The template as it is deployed: what macros make of it is checked like what was given. */
async function readContent({
  clients,
  request,
  changeSetName,
  signal,
}: Change): Promise<unknown> {
  const { stackName, template } = request;
  if (template.macros.length === 0 || changeSetName === undefined) {
    return template.content;
  }
  const content = await readProcessedTemplate({
    clients,
    stackId: stackName,
    changeSetName,
    signal,
  });
  assertAllowedContent(content, template.rules);
  return content;
}

/**
 * What the stack was made of, without the values of parameters that are NoEcho, or become that now.
 */
async function readFormer(options: {
  clients: AwsClients;
  request: DeployRequest;
  stack: StackState;
  signal?: AbortSignal;
}) {
  const { clients, request, stack, signal } = options;
  const [content, parameters] = await Promise.all([
    readStackTemplate({ clients, stackId: stack.id, signal }),
    readStackParameters({ clients, stackId: stack.id, signal }),
  ]);
  const declared = asObject(asObject(content).Parameters);
  const isSecret = (name: string) =>
    isYes(asObject(declared[name]).NoEcho) ||
    request.template.parameters[name]?.noEcho;
  const masked = Object.entries(parameters).map(([name, value]) => [
    name,
    isSecret(name) ? toSecret(name) : value,
  ]);
  return { content, parameters: Object.fromEntries(masked) };
}

/** A secret that is given anew may be another: it is not the same as the masked one. */
function parametersAfter(
  { template, parameters }: DeployRequest,
  former: Record<string, string>,
): Record<string, string> {
  const given = Object.entries(parameters).map(([name, value]) => [
    name,
    template.parameters[name]?.noEcho ? toSecret(name, true) : value,
  ]);
  const kept = Object.entries(former).filter(([name]) =>
    Object.hasOwn(template.parameters, name),
  );
  const unsaid = Object.entries(template.parameters)
    .filter(([, { noEcho }]) => noEcho)
    .map(([name]) => [name, toSecret(name)]);
  return Object.fromEntries([...unsaid, ...kept, ...given]);
}

function openParameters({ template, parameters }: DeployRequest) {
  return Object.entries(parameters)
    .filter(([name]) => !template.parameters[name]?.noEcho)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
