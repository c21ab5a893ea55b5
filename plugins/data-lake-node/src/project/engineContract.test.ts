/** The engine's types and the contract's schemas are declared apart; the types below hold them together. */
import {
  parseTemplate,
  Preview,
  previewTemplate,
  StackDeletionPlan,
  StackResource,
} from '@data-lake/cloudformation';
import {
  DeletionPreview,
  PreviewedResource,
  ResourceRef,
  StackPreview,
} from '@data-lake/plugin-data-lake-common';

type Assignable<From extends To, To> = From;

type EngineIsWithinContract = [
  Assignable<Preview['resources'][number], PreviewedResource>,
  Assignable<Preview['broader'], StackPreview['broader']>,
  Assignable<Preview['cost'], NonNullable<StackPreview['cost']>>,
  Assignable<Preview['does'], StackPreview['does']>,
  Assignable<
    Omit<Preview, 'stackId'>,
    Omit<StackPreview, 'name' | 'stackName'>
  >,
  Assignable<StackResource, ResourceRef>,
  Assignable<
    StackDeletionPlan & { name: string },
    DeletionPreview['stacks'][number]
  >,
];

describe("the engine's preview", () => {
  it('is what the contract declares', () => {
    const template = parseTemplate(
      JSON.stringify({ Resources: { Key: { Type: 'AWS::KMS::Key' } } }),
      { allowedResourceTypes: ['AWS::KMS::Key'] },
    );
    const preview: Assignable<Preview, EngineIsWithinContract[4]> =
      previewTemplate(template);
    const stack = { name: 'lake', stackName: 'lake', ...preview };
    expect(StackPreview.parse(stack)).toMatchObject({
      resources: [{ logicalId: 'Key', does: 'added' }],
      cost: { usdPerMonth: 1 },
    });
  });
});
