import {
  redact as redactText,
  redactError as redactErrorText,
} from '@data-lake/aws';
import { asList, asObject, childrenOf } from './json';
import { listReferences } from './subReferences';
import { Template } from './template';

/** A template and the values given to its parameters. */
export interface TemplateInput {
  template: Pick<Template, 'content' | 'parameters'>;
  parameters: Record<string, string>;
}

/** The text in place of a secret. */
export const mask = '****';

/**
 * Masks secrets in a text, the values of NoEcho parameters too. CloudFormation masks those in its answers,
 * but the error of a resource may quote them.
 */
export function redact(spec: TemplateInput, text: string): string {
  return redactText(text, listSecrets(spec));
}

/** Masks the same in an error and its causes. */
export function redactError<E>(spec: TemplateInput, error: E): E {
  return redactErrorText(error, listSecrets(spec));
}

/** Tells whether values of NoEcho parameters are given, which are no part of the name of the work. */
export const givesSecrets = ({
  template,
  parameters,
}: TemplateInput): boolean =>
  Object.keys(parameters).some(name => template.parameters[name]?.noEcho);

function listSecrets({ template, parameters }: TemplateInput): string[] {
  const given = Object.entries(parameters)
    .filter(([name]) => template.parameters[name]?.noEcho)
    .map(([, value]) => value);
  const defaults = Object.values(template.parameters).flatMap(
    ({ secret = [] }) => secret,
  );
  return [...given, ...defaults];
}

/**
 * Masks the outputs of a stack that are made of a NoEcho parameter, or of a dynamic reference to a secret:
 * CloudFormation shows them in clear.
 */
export function maskOutputs(
  spec: TemplateInput,
  outputs: Record<string, string>,
): Record<string, string> {
  const declared = asObject(asObject(spec.template.content).Outputs);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      isSecret(declared[name], spec.template) || redact(spec, value) !== value
        ? mask
        : value,
    ]),
  );
}

function isSecret(
  output: unknown,
  template: TemplateInput['template'],
): boolean {
  const isNoEcho = (name: unknown) =>
    typeof name === 'string' &&
    Object.hasOwn(template.parameters, name) &&
    template.parameters[name].noEcho;
  let level = [output];
  while (level.length > 0) {
    for (const value of level) {
      const { Ref, 'Fn::Sub': sub } = asObject(value);
      const names = asList(sub).flatMap(text =>
        typeof text === 'string' ? listReferences(text) : [],
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
