import { asList, asObject } from '../template/evaluateTemplate';
import { DeployRequest } from './request';
import { Template } from '../template/template';
import { childrenOf } from '../template/templateText';

export const mask = '****';

/**
 * Takes the values of NoEcho parameters out of a text. CloudFormation masks them in what it answers,
 * but a resource's own error may quote them. Values of less than four characters are left: they would
 * blacken half the text, and are no secrets.
 */
export function redact(
  request: Pick<DeployRequest, 'template' | 'parameters'>,
  text: string,
): string {
  return listSecrets(request).reduce(
    (rest, secret) => rest.split(secret).join(mask),
    text,
  );
}

/** The same for an error and those that caused it. */
export function redactError<E>(
  request: Pick<DeployRequest, 'template' | 'parameters'>,
  error: E,
): E {
  for (
    let one: unknown = error;
    one instanceof Error;
    one = (one as { cause?: unknown }).cause
  ) {
    one.message = redact(request, one.message);
    if (one.stack) one.stack = redact(request, one.stack);
  }
  return error;
}

/** Whether a request gives values that are no part of its name. */
export const givesSecrets = ({
  template,
  parameters,
}: Pick<DeployRequest, 'template' | 'parameters'>): boolean =>
  Object.keys(parameters).some(name => template.parameters[name]?.noEcho);

function listSecrets({
  template,
  parameters,
}: Pick<DeployRequest, 'template' | 'parameters'>): string[] {
  const given = Object.entries(parameters)
    .filter(([name]) => template.parameters[name]?.noEcho)
    .map(([, value]) => value);
  const defaults = Object.values(template.parameters).flatMap(
    ({ secret = [] }) => secret,
  );
  return [...given, ...defaults]
    .filter(({ length }) => length >= 4)
    .sort((a, b) => b.length - a.length);
}

/**
 * The outputs of a stack without secrets: an output that is made of a NoEcho parameter, or of a dynamic
 * reference to a secret, is masked, since CloudFormation shows it in clear.
 */
export function maskOutputs(
  request: Pick<DeployRequest, 'template' | 'parameters'>,
  outputs: Record<string, string>,
): Record<string, string> {
  const declared = asObject(asObject(request.template.content).Outputs);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      isSecret(declared[name], request.template) ||
      redact(request, value) !== value
        ? mask
        : value,
    ]),
  );
}

function isSecret(output: unknown, template: Template): boolean {
  const isNoEcho = (name: unknown) =>
    typeof name === 'string' &&
    Object.hasOwn(template.parameters, name) &&
    template.parameters[name].noEcho;
  let level = [output];
  while (level.length > 0) {
    for (const value of level) {
      const { Ref, 'Fn::Sub': sub } = asObject(value);
      const names = asList(sub).flatMap(text =>
        typeof text === 'string'
          ? [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name)
          : [],
      );
      if ([Ref, ...names].some(isNoEcho)) return true;
      const isText = typeof value === 'string';
      if (isText && /\{\{resolve:(ssm-secure|secretsmanager):/.test(value)) {
        return true;
      }
    }
    level = level.flatMap(childrenOf);
  }
  return false;
}
