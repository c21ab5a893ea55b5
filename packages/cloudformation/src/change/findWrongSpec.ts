import { isSameRef } from '@data-lake/aws';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { listRequiredTags } from '../stack/ownership';
import { StackState } from '../stack/stack';
import { isTooLongForText, maxTextBytes } from '../template/template';

/** Explains what is wrong with a specification, if anything. */
export function findWrongSpec(
  spec: DeploymentSpec,
  stack: StackState | undefined,
): string | undefined {
  return (
    findTooLong(spec) ?? findWrongTag(spec) ?? findWrongParameter(spec, stack)
  );
}

function findTooLong(spec: DeploymentSpec): string | undefined {
  const isText = !spec.keepsTemplate && !spec.templateBucket;
  if (!isText || !isTooLongForText(spec.template)) return undefined;
  return `Template exceeds ${maxTextBytes.toLocaleString(
    'en-US',
  )} bytes, which CloudFormation accepts only from a bucket: set templateBucket to a bucket of the account`;
}

function findWrongTag({ tags, ownership }: DeploymentSpec): string | undefined {
  const wrong = listRequiredTags(ownership).find(
    ({ key, value }) =>
      Object.hasOwn(tags, key) && !isSameRef(tags[key], value),
  );
  return (
    wrong &&
    `The tags say that ${wrong.key} is ${
      tags[wrong.key]
    }, but the stack must belong to ${wrong.value}`
  );
}

function findWrongParameter(
  { template, parameters }: DeploymentSpec,
  stack: StackState | undefined,
): string | undefined {
  const unknown = Object.keys(parameters).filter(
    name => !Object.hasOwn(template.parameters, name),
  );
  if (unknown.length > 0) {
    const names = Object.keys(template.parameters).join(', ');
    return `The template has no parameter ${unknown.join(', ')}. It has ${
      names || 'none'
    }`;
  }
  const missing = Object.entries(template.parameters)
    .filter(([, { hasDefault }]) => !hasDefault)
    .map(([name]) => name)
    .filter(
      name =>
        !Object.hasOwn(parameters, name) &&
        !stack?.parameterNames.includes(name),
    );
  if (missing.length > 0) {
    return `The template needs a value for parameter ${missing.join(', ')}`;
  }
  return undefined;
}
