import { mainStack } from '../../access/dag';

/**
 * The stacks that a project can have, in the order in which they are deployed: each builds on those
 * before it. They are deleted in the reverse order.
 */
export const stackOrder = ['mwaa', 'foundations', 'observability'] as const;

/** Name of a stack in `project.yaml`. */
export type ProjectStackName = (typeof stackOrder)[number];

/** The main stack, whose outputs the other parts read. */
export const foundations = mainStack satisfies ProjectStackName;

/** Whether the product knows a stack of this name. */
export const isProjectStackName = (name: string): name is ProjectStackName =>
  (stackOrder as readonly string[]).includes(name);

/** `movielens-demo-foundations` → `foundations`; any other name stays. */
export const toProjectStackName = (stackName: string): string =>
  stackOrder.find(name => stackName.endsWith(`-${name}`)) ?? stackName;

/**
 * Sorts in the order of deployment. A stack of an unknown name comes directly after foundations, on which
 * it builds at most.
 */
export function sortByStackOrder<T>(
  items: readonly T[],
  toName: (item: T) => string,
): T[] {
  return [...items].sort((a, b) => toRank(toName(a)) - toRank(toName(b)));
}

function toRank(name: string): number {
  const known = isProjectStackName(name);
  return stackOrder.indexOf(known ? name : foundations) + (known ? 0 : 0.5);
}
