import { createHash } from 'node:crypto';
import { AwsClients } from '../aws/clients';
import { BroaderPermission, findBroader } from './broader';
import { canonical } from './grants';
import { DeployRequest } from './request';
import { ResolvedResource, resolveResources } from './resolve';
import { ResourceChange } from './resourceChange';
import { StackState } from './stack';
import { readStackParameters, readStackTemplate } from './stackTemplate';

/** What a deployment would do, as data. @public */
export interface ChangeDescription {
  /** `replace` deletes a stack whose first create failed, and creates it anew. */
  does: 'create' | 'update' | 'replace' | 'nothing';
  resources: ResourceChange[];
  /** Permissions that are there afterwards and were not before; of a new stack, all. */
  broader: BroaderPermission[];
  /**
   * Names exactly this change of exactly this stack, in hex: another template, parameter or tag, or an
   * operation on the stack meanwhile, gives another. Values of NoEcho parameters are not part of it.
   */
  digest: string;
}

/** Describes a change. Of a stack that is there, the former template and its parameters are read. */
export async function describeChange(options: {
  clients: AwsClients;
  request: DeployRequest;
  does: ChangeDescription['does'];
  resources: ResourceChange[];
  /** The stack that is changed. */
  stack?: StackState;
  /** Its newest event. */
  lastEvent?: string;
  signal?: AbortSignal;
}): Promise<ChangeDescription> {
  const { request, does, resources, stack, lastEvent } = options;
  const broader = does === 'nothing' ? [] : await broaderOf(options);
  const { stackName, template, tags } = request;
  const identity = canonical([
    options.clients.target,
    stackName,
    template.digest,
    openParameters(request),
    tags,
    stack?.id ?? '',
    lastEvent ?? '',
    does,
    resources,
    broader,
  ]);
  const digest = createHash('sha256').update(identity).digest('hex');
  return { does, resources, broader, digest };
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

async function broaderOf(options: {
  clients: AwsClients;
  request: DeployRequest;
  does: ChangeDescription['does'];
  stack?: StackState;
  signal?: AbortSignal;
}): Promise<BroaderPermission[]> {
  const { request, does, stack } = options;
  const former =
    stack && does === 'update'
      ? await readFormer({ ...options, stack })
      : { resources: new Map<string, ResolvedResource>(), parameters: {} };
  const after = resolveResources(
    request.template.content,
    parametersAfter(request, former.parameters),
  );
  return findBroader(former.resources, after);
}

/** What the stack was made of. CloudFormation masks the values of NoEcho parameters itself. */
async function readFormer(options: {
  clients: AwsClients;
  stack: StackState;
  signal?: AbortSignal;
}) {
  const { clients, stack, signal } = options;
  const [content, parameters] = await Promise.all([
    readStackTemplate({ clients, stackId: stack.id, signal }),
    readStackParameters({ clients, stackId: stack.id, signal }),
  ]);
  return { resources: resolveResources(content, parameters), parameters };
}

/** A secret that is given anew may be another: it is not the same as the masked one. */
function parametersAfter(
  { template, parameters }: DeployRequest,
  former: Record<string, string>,
): Record<string, string> {
  const given = Object.entries(parameters).map(([name, value]) => [
    name,
    template.parameters[name]?.noEcho ? '**** (given)' : value,
  ]);
  const kept = Object.entries(former).filter(
    ([name]) => name in template.parameters,
  );
  return Object.fromEntries([...kept, ...given]);
}

function openParameters({ template, parameters }: DeployRequest) {
  return Object.entries(parameters)
    .filter(([name]) => !template.parameters[name]?.noEcho)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
