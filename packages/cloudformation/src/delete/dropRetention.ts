import { ConflictError, InputError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { deployStack } from '../operation/deployStack';
import { findWrongRequest } from '../change/findWrongRequest';
import { listMacros } from '../template/macros';
import { DeployRequest } from '../stack/request';
import { asList, asObject } from '../template/evaluateTemplate';
import { findStack } from '../stack/stack';
import { readStackTemplate } from '../stack/stackTemplate';
import { parseTemplate } from '../template/template';

/** As whom a stack is updated so that its data goes. */
export const lettingGo = { identity: 'remove' };

interface LettingGo {
  clients: AwsClients;
  stackName: string;
  roleArn?: string;
  templateBucket?: string;
  onChangeSet?: (name: string, stackName: string) => void;
  log: (line: string) => void;
  signal?: AbortSignal;
  timeoutMinutes?: number;
}

/**
 * The last update of a stack, after which what would outlive it goes with it.
 *
 * @throws InputError where CloudFormation would not take it
 */
export async function readLastUpdate(
  options: LettingGo,
): Promise<DeployRequest> {
  const { clients, stackName, signal } = options;
  const stack = (await findStack(clients, stackName, signal))!;
  const of = { clients, stackId: stack.id, signal };
  const content = await readStackTemplate(of);
  const request: DeployRequest = {
    stackName,
    template: parseTemplate(JSON.stringify(toRemovable(content)), {
      // it is there already: what it holds was allowed when it was deployed
      allowedResourceTypes: listTypes(content),
      allowedMacros: listMacros(content),
    }),
    parameters: {},
    tags: stack.tags,
    ...lettingGo,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
  };
  const wrong = findWrongRequest(request, stack);
  if (wrong) {
    throw new InputError(`The data of ${stackName} cannot go: ${wrong}`);
  }
  return request;
}

/**
 * Lets what would outlive a stack go with it from now on.
 *
 * @throws ConflictError where something would still outlive it
 */
export async function letDataGo(
  options: LettingGo,
  request: DeployRequest,
): Promise<void> {
  const { clients, stackName, signal } = options;
  const { stackId } = await deployStack({
    ...options,
    request,
    // nothing is replaced, but where tags change CloudFormation says that it may be; the data goes anyway
    allow: { allowReplacement: true },
  });
  const now = await readStackTemplate({ clients, stackId, signal });
  const left = listKept(now);
  if (left.length > 0) {
    throw new ConflictError(
      `Nothing of stack ${stackName} was deleted: ${left.join(
        ', ',
      )} would still outlive it, since CloudFormation changes no deletion policy alone. Change another property of each together with its DeletionPolicy, deploy, and run this again; or delete without removeData`,
    );
  }
}

const listKept = (content: unknown) =>
  Object.entries(asObject(asObject(content).Resources))
    .filter(([, resource]) => isKept(asObject(resource)))
    .map(([logicalId]) => logicalId);

const isKept = ({ DeletionPolicy }: Record<string, unknown>) =>
  /^Retain/.test(String(DeletionPolicy));

/**
 * The same template, in which what outlives the stack (buckets, keys) goes with it. CloudFormation takes
 * no update that changes a deletion policy and nothing else, so a tag changes too, where a type is known
 * to have a list of them.
 */
export function toRemovable(content: unknown): unknown {
  const template = asObject(content);
  const resources = Object.entries(asObject(template.Resources)).map(
    ([id, value]) => {
      const resource = asObject(value);
      if (!isKept(resource)) return [id, value];
      const goes = { ...resource, DeletionPolicy: 'Delete' };
      return [id, taggable.has(String(resource.Type)) ? tagged(goes) : goes];
    },
  );
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** Of what holds data; other types have a map of tags, or none. */
const taggable = new Set([
  'AWS::DynamoDB::Table',
  'AWS::ECR::Repository',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

function tagged(resource: Record<string, unknown>) {
  const properties = asObject(resource.Properties);
  // a function, such as a condition, is no list that one more tag could be put into
  if (properties.Tags !== undefined && !Array.isArray(properties.Tags)) {
    return resource;
  }
  const tags = asList(properties.Tags).filter(
    tag => asObject(tag).Key !== removable.Key,
  );
  return {
    ...resource,
    Properties: { ...properties, Tags: [...tags, removable] },
  };
}

const listTypes = (content: unknown) =>
  Object.values(asObject(asObject(content).Resources)).map(resource =>
    String(asObject(resource).Type),
  );

const removable = { Key: 'data-lake:removable', Value: 'yes' };
