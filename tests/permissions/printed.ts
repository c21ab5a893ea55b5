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
  const file = join(skeleton, 'infra/templates', `${template}.template.json`);
  const { Resources } = JSON.parse(readFileSync(file, 'utf8'));
  const { PolicyDocument } = Resources[logicalId].Properties;
  const statements = JSON.parse(JSON.stringify(PolicyDocument), (_, value) => {
    if (value?.Ref) return known(values, value.Ref, file);
    if (value?.['Fn::GetAtt']) {
      return known(values, list(value['Fn::GetAtt']).join('.'), file);
    }
    return value?.['Fn::Sub']
      ? value['Fn::Sub'].replace(/\$\{([^}]+)\}/g, (__: string, key: string) =>
          known(values, key, file),
        )
      : value;
  }).Statement;
  return { name: logicalId, statements };
}

function known(values: Record<string, string>, key: string, file: string) {
  const value = values[key];
  if (value === undefined)
    throw new Error(`Nothing stands for ${key} of ${file}`);
  return value;
}
