import { DeploymentSpec, Template } from '@data-lake/cloudformation';
import { OwnershipTags } from '../ownership';
import { toIdentity } from '../toIdentity';
import { AwsServices } from './awsServices';
import { SpecInput } from './stackInput';

/** Turns the input of a step into the specification of its stack. */
export function toDeploymentSpec(
  { access, ownership }: AwsServices,
  { input, task }: { input: SpecInput; task: { id: string } },
  template: Template,
): DeploymentSpec {
  const { account, stackName, capabilities, revertDrift } = input;
  const { parameters = {}, tags = {} } = input;
  return {
    stackName,
    template,
    templateBucket: input.templateBucket ?? access.findTemplateBucket(account),
    parameters,
    tags,
    ownership: ownership.flatMap(each => toOwnership(each, tags)),
    capabilities,
    revertDrift,
    roleArn: access.findServiceRole(account),
    identity: toIdentity({ task }),
    tokenPrefix: 'backstage',
  };
}

/** The stack must belong to the entity that the tags name (without one: to none), and keeps its owner. */
const toOwnership = (
  { entity, owner }: OwnershipTags,
  tags: Record<string, string>,
) => [
  { key: entity, value: tags[entity] },
  { key: owner, keep: true as const },
];
