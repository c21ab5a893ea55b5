import { DeployRequest } from '../stack/request';
import { StackState } from '../stack/stack';
import { isTooLongForText, maxTextBytes } from '../template/template';

/** What is wrong with a request in itself, or undefined. */
export function findWrongRequest(
  request: DeployRequest,
  stack: StackState | undefined,
): string | undefined {
  return findTooLong(request) ?? findWrongParameter(request, stack);
}

function findTooLong(request: DeployRequest): string | undefined {
  if (!isTooLongForText(request.template) || request.templateBucket) {
    return undefined;
  }
  return `The template has more than ${maxTextBytes} bytes, and CloudFormation takes such a one only from a bucket: give templateBucket, a bucket of the account`;
}

function findWrongParameter(
  { template, parameters }: DeployRequest,
  stack: StackState | undefined,
): string | undefined {
  const unknown = Object.keys(parameters).filter(
    name => !Object.hasOwn(template.parameters, name),
  );
  if (unknown.length > 0) {
    return `The template has no parameter ${unknown.join(
      ', ',
    )}. It has: ${Object.keys(template.parameters).join(', ')}`;
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
