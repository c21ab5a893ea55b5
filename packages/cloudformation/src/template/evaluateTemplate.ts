import { asObject, isText } from './json';
import { evaluateCondition, resolveValue, Scope } from './resolveValue';
import { isSecretReference } from './secretReference';
import { Steps, toSteps } from './steps';

/** A resource of a template, with parameters and conditions evaluated. @public */
export interface TemplateResource {
  type: string;
  properties: Record<string, unknown>;
  /** `Retain`, `Snapshot`…; absent if it is not text, such as a macro's function. */
  deletionPolicy?: string;
  /** The policy that applies when the resource is replaced. */
  updateReplacePolicy?: string;
  /** Set if the condition of the resource depends on values that only CloudFormation knows. */
  uncertain?: true;
}

/** A template with its parameters, pseudo parameters included. */
export interface TemplateState {
  content: unknown;
  parameters: Record<string, string>;
}

/**
 * Evaluates a template: its resources with these parameters, by logical id. Values that only
 * CloudFormation knows (attributes of resources, imports) stay as they are written, and so do both
 * branches of a condition that depends on them, unless `decide` decides it.
 *
 * @throws InputError if its functions make it too large
 * @param parameters - may include pseudo parameters, such as `AWS::Region`
 * @param decide - answers a condition's question that only CloudFormation can answer
 * @public
 */
export function evaluateTemplate(
  content: unknown,
  parameters: Record<string, string>,
  decide: Scope['decide'] = () => undefined,
): Map<string, TemplateResource> {
  return evaluateWithin(toSteps(), { content, parameters }, decide);
}

/**
 * Evaluates a template within a number of steps.
 *
 * @throws InputError if it takes more
 */
export function evaluateWithin(
  steps: Steps,
  { content, parameters }: TemplateState,
  decide: Scope['decide'] = () => undefined,
): Map<string, TemplateResource> {
  const template = content as Record<string, unknown>;
  const scope: Scope = {
    parameters: toValues(template, parameters),
    conditions: asObject(template.Conditions),
    mappings: asObject(template.Mappings),
    open: new Set(),
    results: new Map(),
    steps,
    decide,
  };
  const evaluated = new Map<string, TemplateResource>();
  for (const [id, value] of Object.entries(asObject(template.Resources))) {
    const { Type, Properties, Condition, ...rest } = asObject(value);
    const is = isText(Condition)
      ? evaluateCondition({ Condition }, scope)
      : true;
    if (is === false) continue;
    evaluated.set(id, {
      ...(is === undefined && { uncertain: true as const }),
      type: String(Type),
      properties: asObject(resolveValue(Properties, scope)),
      deletionPolicy: toPolicy(rest.DeletionPolicy),
      updateReplacePolicy: toPolicy(rest.UpdateReplacePolicy),
    });
  }
  return evaluated;
}

const toPolicy = (value: unknown) => (isText(value) ? value : undefined);

/** Returns values by the type of each parameter, without those that CloudFormation reads elsewhere. */
function toValues(
  template: Record<string, unknown>,
  given: Record<string, string>,
): Scope['parameters'] {
  const values: Scope['parameters'] = { ...given };
  for (const [name, value] of Object.entries(asObject(template.Parameters))) {
    const { Type, Default } = asObject(value);
    const text = Object.hasOwn(given, name) ? given[name] : Default;
    if (text === undefined || String(Type).startsWith('AWS::SSM::')) {
      delete values[name];
    } else if (isSecretReference(text)) {
      values[name] = text;
    } else if (/^(CommaDelimitedList|List<)/.test(String(Type))) {
      values[name] = String(text)
        .split(',')
        .map(item => item.trim());
    } else values[name] = String(text);
  }
  return values;
}
