import { asObject, isText } from '../../template/json';
import {
  beginsReference,
  findDynamicReferences,
} from './findDynamicReferences';
import { isListed, ReachScope } from './reachScope';

/** What the parameters of a template are and get. */
export interface Parameters {
  declared: unknown;
  /** Values given for them, secrets too. */
  given: Readonly<Record<string, string>>;
  /** Values that the stack has then; secrets are references. */
  values: Readonly<Record<string, string>>;
}

/** Lists what the parameters of a template read of Secrets Manager and Parameter Store, one line each. */
export function listParameterReach(
  { declared, given, values }: Parameters,
  { reach: { allowedDynamicReferences: listed } }: ReachScope,
): string[] {
  const found = new Set(findDynamicReferences([given, declared], listed));
  for (const [name, parameter] of Object.entries(asObject(declared))) {
    const { Type, Default } = asObject(parameter);
    const value = Object.hasOwn(values, name) ? values[name] : Default;
    if ([Default, given[name]].some(beginsReference)) {
      found.add('what only CloudFormation knows');
    }
    if (!isText(value) || !/^AWS::SSM::Parameter::Value</.test(String(Type))) {
      continue;
    }
    // AWS's own, such as images, are public
    const isPublic = value.startsWith('/aws/service/');
    if (!isPublic && !isListed(`ssm:${value}`, listed)) {
      found.add(`ssm:${value}`);
    }
  }
  return [...found].map(name => `reads {{resolve:${name}}}`);
}
