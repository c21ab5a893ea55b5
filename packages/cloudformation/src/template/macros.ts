import { asList, asObject, childrenOf } from './json';

/**
 * Lists the macros that a template uses by name, such as `AWS::LanguageExtensions`, or `?` for a name that
 * is not plain text. They run while CloudFormation prepares a change set, some as code of the account.
 */
export function listMacros(content: unknown): string[] {
  const found = new Set<string>();
  const add = (name: unknown) =>
    found.add(typeof name === 'string' && name !== '' ? name : '?');
  for (const entry of asList(asObject(content).Transform)) {
    add(typeof entry === 'string' ? entry : asObject(entry).Name);
  }
  let level = [content];
  while (level.length > 0) {
    for (const value of level) {
      const one = asObject(value);
      if (Object.hasOwn(one, 'Fn::Transform')) {
        asList(one['Fn::Transform']).forEach(use => add(asObject(use).Name));
      }
    }
    level = level.flatMap(childrenOf);
  }
  return [...found].sort();
}

/** Tells whether a macro expands this entry, so that it is no resource yet. */
export const isMadeByMacro = (logicalId: string) =>
  logicalId.startsWith('Fn::ForEach::') || logicalId === 'Fn::Transform';
