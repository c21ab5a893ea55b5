import { AwsClients } from '../aws/clients';
import { deployStack } from './deployStack';
import { listMacros } from './macros';
import { asList, asObject } from './resolve';
import { findStack } from './stack';
import { readStackTemplate } from './stackTemplate';
import { parseTemplate } from './template';

/** A last update of a stack: what would outlive it goes with it from now on. */
export async function letDataGo(options: {
  clients: AwsClients;
  stackName: string;
  roleArn?: string;
  templateBucket?: string;
  log: (line: string) => void;
  signal?: AbortSignal;
  timeoutMinutes?: number;
}): Promise<void> {
  const { clients, stackName, signal } = options;
  const stack = (await findStack(clients, stackName, signal))!;
  const content = await readStackTemplate({
    clients,
    stackId: stack.id,
    signal,
  });
  await deployStack({
    ...options,
    // nothing is replaced, but where tags change CloudFormation says that it may be; the data goes anyway
    allow: { allowReplacement: true },
    request: {
      stackName,
      template: parseTemplate(JSON.stringify(toRemovable(content)), {
        // it is there already: what it holds was allowed when it was deployed
        allowedResourceTypes: listTypes(content),
        allowedMacros: listMacros(content),
      }),
      parameters: {},
      tags: stack.tags,
      identity: 'remove',
      roleArn: options.roleArn,
      templateBucket: options.templateBucket,
    },
  });
}

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
      if (!/^Retain/.test(String(resource.DeletionPolicy))) return [id, value];
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
