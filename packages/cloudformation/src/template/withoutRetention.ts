import { asList, asObject } from './json';
import { toFate } from './splitByRetention';

/**
 * Returns the template with the deletion policy Delete in place of Retain and Snapshot. CloudFormation accepts no
 * update that changes only a deletion policy, so a tag is added where the type is known to have a list of
 * tags.
 */
export function withoutRetention(content: unknown, tagKey: string): unknown {
  const template = asObject(content);
  const tag = { Key: tagKey, Value: 'yes' };
  const resources = Object.entries(asObject(template.Resources)).map(
    ([id, value]) => {
      const resource = asObject(value);
      if (toFate(resource) === 'nothing') return [id, value];
      const goes = { ...resource, DeletionPolicy: 'Delete' };
      const isTaggable = taggableTypes.has(String(resource.Type));
      return [id, isTaggable ? withTag(goes, tag) : goes];
    },
  );
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** Lists the logical ids of resources that outlive their stack, or of which a snapshot does. */
export const listRetained = (content: unknown): string[] =>
  Object.entries(asObject(asObject(content).Resources))
    .filter(([, resource]) => toFate(resource) !== 'nothing')
    .map(([logicalId]) => logicalId);

/** Types that hold data and have a list of tags; other types have a map of tags, or none. */
const taggableTypes = new Set([
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

function withTag(
  resource: Record<string, unknown>,
  tag: { Key: string; Value: string },
) {
  const properties = asObject(resource.Properties);
  // a function, such as a condition, is no list that a tag could be added to
  if (properties.Tags !== undefined && !Array.isArray(properties.Tags)) {
    return resource;
  }
  const others = asList(properties.Tags).filter(
    other => asObject(other).Key !== tag.Key,
  );
  return { ...resource, Properties: { ...properties, Tags: [...others, tag] } };
}
