import { changeTemplateText, ChangedTemplate } from './changeTemplateText';
import { asList, asObject } from './json';
import { toFate } from './splitByRetention';
import { parseGivenText } from './templateText';
import { TextChange } from './text/textChange';

/**
 * Sets the deletion policy Delete in place of Retain and Snapshot in the text of a template; all else stays as
 * it is. CloudFormation accepts no update that changes only a deletion policy, so a tag is added where the
 * type is known to have a list of tags.
 *
 * @throws InputError if the text can be read in more than one way, or leaves no place for the changes
 */
export function withoutRetention(
  text: string,
  tagKey: string,
): ChangedTemplate {
  const given = parseGivenText(text);
  const ids = listRetained(given.content);
  const resources = asObject(asObject(given.content).Resources);
  return changeTemplateText(text, given, {
    changes: ids.flatMap(id => listChanges(id, resources[id], tagKey)),
    refusal: `The deletion policies of ${ids.join(
      ', ',
    )} cannot be changed as they are written: write DeletionPolicy: Delete into them, and deploy`,
  });
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

function listChanges(
  id: string,
  resource: unknown,
  tagKey: string,
): TextChange[] {
  const { Type, Properties } = asObject(resource);
  const policy = { path: ['Resources', id, 'DeletionPolicy'], to: 'Delete' };
  if (!taggableTypes.has(String(Type))) return [policy];
  const path = ['Resources', id, 'Properties', 'Tags'];
  const { Tags } = asObject(Properties);
  return [policy, ...listTagChanges(Tags, { path, tagKey })];
}

function listTagChanges(
  tags: unknown,
  { path, tagKey }: { path: string[]; tagKey: string },
): TextChange[] {
  const tag = { Key: tagKey, Value: 'yes' };
  if (tags === undefined) return [{ path, to: [tag] }];
  // a function, such as a condition, is no list that a tag could be added to
  if (!Array.isArray(tags)) return [];
  const index = asList(tags).findIndex(each => asObject(each).Key === tagKey);
  return index < 0
    ? [{ path, first: tag }]
    : [{ path: [...path, String(index), 'Value'], to: tag.Value }];
}
