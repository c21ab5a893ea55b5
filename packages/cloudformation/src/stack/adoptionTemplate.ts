import { asObject, Json } from '../template/json';
import { parseTemplate } from '../template/parseTemplate';
import { Template } from '../template/template';
import { AdoptedResource, findGivenKey, isAdoptable } from './adoptedResource';

/** The resource without content that a stack has until its own resources come. */
const anchor = {
  logicalId: 'AdoptionAnchor',
  type: 'AWS::CloudFormation::WaitConditionHandle',
} as const;

/**
 * Makes the template of a stack that takes over resources: the anchor, and the resources as they are. Only what
 * identifies them is given, as the stack's own template gives it, so that the first update replaces nothing and writes
 * every other property, whatever it was.
 *
 * A stack that takes over nothing yet has the anchor alone: a stack must have a resource, and CloudFormation takes no
 * tags with an import, so that the stack is made with its tags first.
 */
export function toAdoptionTemplate(
  { content }: Pick<Template, 'content'>,
  adopted: readonly AdoptedResource[],
): Template {
  const { Parameters, Resources: declared } = asObject(content);
  const Resources = {
    [anchor.logicalId]: { Type: anchor.type },
    ...Object.fromEntries(
      adopted.map(resource => [
        resource.logicalId,
        {
          Type: resource.type,
          // CloudFormation requires it; a failed update must not delete what was there before the stack
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: toProperties(resource, asObject(declared)),
        },
      ]),
    ),
  };
  return parseTemplate(JSON.stringify({ Parameters, Resources }), {
    allowedResourceTypes: Object.values(Resources).map(({ Type }) => Type),
  });
}

function toProperties(resource: AdoptedResource, declared: Json): Json {
  const key = findGivenKey(resource);
  if (!key) return {};
  const { Properties } = asObject(declared[resource.logicalId]);
  return { [key]: asObject(Properties)[key] };
}

/** Whether a stack has this template to take over resources, and nothing of its own yet. */
export function isAdoptionTemplate(content: unknown): boolean {
  const resources = asObject(asObject(content).Resources);
  const { [anchor.logicalId]: first, ...others } = resources;
  return (
    asObject(first).Type === anchor.type &&
    Object.values(others).every(
      each =>
        isAdoptable(asObject(each).Type) &&
        asObject(each).DeletionPolicy === 'Retain',
    )
  );
}
