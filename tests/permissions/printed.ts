import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { list, type Policy } from './policy';

const skeleton = join(__dirname, '../../skeleton');

/** Reads a policy that the project prints for roles created by hand, with values for its placeholders. */
export function printedPolicy(
  name: string,
  values: Record<string, string>,
): Policy {
  const file = join(skeleton, 'policies', `${name}.json`);
  const text = readFileSync(file, 'utf8').replace(/<([a-z-]+)>/g, (_, key) =>
    known(values, key, file),
  );
  return { name: `${name}.json`, statements: list(JSON.parse(text).Statement) };
}

/** Returns a managed policy of a template, as deployed with these parameters and ids. */
export function templatePolicy(
  template: string,
  logicalId: string,
  values: Record<string, string>,
): Policy {
  const { PolicyDocument } = resourcesOf(template)[logicalId].Properties;
  return { name: logicalId, statements: deployed(PolicyDocument, values) };
}

/** Returns the policies of all roles of a template, as deployed with these parameters and ids. */
export function templatePolicies(
  template: string,
  values: Record<string, string>,
): Policy[] {
  return Object.entries(resourcesOf(template)).flatMap(
    ([name, { Type, Properties }]) => {
      if (Type === 'AWS::IAM::ManagedPolicy') {
        return [templatePolicy(template, name, values)];
      }
      const inline: any[] =
        Type === 'AWS::IAM::Role' ? Properties.Policies ?? [] : [];
      return inline.map(({ PolicyDocument }) => ({
        name,
        statements: deployed(PolicyDocument, values),
      }));
    },
  );
}

function resourcesOf(
  template: string,
): Record<string, { Type: string; Properties: any }> {
  const file = join(skeleton, 'infra/templates', `${template}.template.json`);
  return JSON.parse(readFileSync(file, 'utf8')).Resources;
}

/** With both branches of each condition: a role may have either. */
function deployed(document: unknown, values: Record<string, string>) {
  const file = 'the template';
  const { Statement } = JSON.parse(JSON.stringify(document), (_, value) => {
    if (Array.isArray(value)) return value.flat().filter(each => each !== null);
    if (value?.['Fn::If']) return value['Fn::If'].slice(1);
    if (value?.Ref === 'AWS::NoValue') return null;
    if (value?.Ref) return known(values, value.Ref, file);
    if (value?.['Fn::GetAtt']) {
      return known(values, list(value['Fn::GetAtt']).join('.'), file);
    }
    return value?.['Fn::Sub']
      ? value['Fn::Sub'].replace(/\$\{([^}]+)\}/g, (__: string, key: string) =>
          known(values, key, file),
        )
      : value;
  });
  return Statement;
}

function known(values: Record<string, string>, key: string, file: string) {
  const value = values[key];
  if (value === undefined)
    throw new Error(`Nothing stands for ${key} of ${file}`);
  return value;
}
