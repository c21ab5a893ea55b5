import { EnvironmentSnapshot } from '../../observation';
import { HealthRule } from '../../pipeline';
import { ObservedResource } from '../../resource';
import { worstHealth } from '../../state';

/** Assesses the CloudFormation stacks. */
export function assessStacks({ resources }: EnvironmentSnapshot): HealthRule {
  const stacks = resources.filter(isStack);
  const unhealthy = stacks.filter(({ health }) => health !== 'healthy');
  return {
    name: 'stacks',
    health: worstHealth(stacks.map(({ health }) => health)),
    text:
      unhealthy.length === 0
        ? `${stacks.length} of ${stacks.length} complete`
        : unhealthy
            .map(({ name, status }) => `${name} is ${status}`)
            .join(', '),
  };
}

export const isStack = ({ type }: ObservedResource) =>
  type === 'AWS::CloudFormation::Stack';
