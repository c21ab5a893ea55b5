import { tagKeys, toPrefix } from '@data-lake/plugin-data-lake-common';
import { Stack, ListedResource } from './adapter';

/** Lists the stacks' resources of these types that have been created. */
export function listResources(
  stacks: Stack[],
  types: readonly string[],
): ListedResource[] {
  return stacks
    .flatMap(stack => stack.resources)
    .filter(resource => types.includes(resource.type) && resource.id !== '');
}

/** Finds an output of any of the stacks. */
export function findOutput(stacks: Stack[], name: string): string | undefined {
  return stacks.map(stack => stack.outputs[name]).find(Boolean);
}

/** Finds `P-E` in the stacks' tags; what an output says names nothing. */
export function findPrefix(stacks: Stack[]): string | undefined {
  for (const { tags } of stacks) {
    const project = tags[tagKeys.project];
    const environment = tags[tagKeys.environment];
    if (project && environment) return toPrefix(project, environment);
  }
  return undefined;
}
