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
    ownership: toOwnership(ownership, tags),
    capabilities,
    revertDrift,
    roleArn: access.findServiceRole(account),
    identity: toIdentity({ task }),
    tokenPrefix: 'backstage',
  };
}

/** The stack must belong to the entity that the tags name; without one, to none. */
const toOwnership = (
  ownership: readonly OwnershipTags[],
  tags: Record<string, string>,
) => ownership.map(({ entity }) => ({ key: entity, value: tags[entity] }));
