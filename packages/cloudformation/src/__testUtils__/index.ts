import { DeploymentSpec } from '../stack/deploymentSpec';
import { OwnershipTag } from '../stack/ownership';
import { StackState } from '../stack/stack';
import { parseTemplate } from '../template/parseTemplate';

export const template = parseTemplate(
  JSON.stringify({
    Parameters: {
      Name: { Type: 'String' },
      Prefix: { Type: 'String', Default: '' },
    },
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
  }),
  { allowedResourceTypes: ['AWS::SNS::Topic'] },
);

/** A stack must be the entity's. */
export const toOwnership = (entity: string | undefined): OwnershipTag[] => [
  { key: 'data-lake:entity', value: entity },
];

export const aSpec = (
  change: Partial<DeploymentSpec> = {},
): DeploymentSpec => ({
  stackName: 'movielens-demo-foundations',
  template,
  parameters: { Name: 'x' },
  tags: { 'data-lake:entity': 'component:default/movielens' },
  ownership: toOwnership('component:default/movielens'),
  identity: 'task-1/step',
  ...change,
});

export const aStack = (change: Partial<StackState> = {}): StackState => ({
  id: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/movielens-demo-foundations/1',
  name: 'movielens-demo-foundations',
  status: 'CREATE_COMPLETE',
  tags: { 'data-lake:entity': 'component:default/movielens' },
  parameterNames: ['Name', 'Prefix'],
  outputs: {},
  terminationProtection: false,
  ...change,
});
