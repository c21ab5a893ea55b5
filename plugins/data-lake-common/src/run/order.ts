import { Step } from './run';

/** Compares by text; what is absent (not started yet) comes last. */
export function compareText(
  a: string | undefined,
  b: string | undefined,
): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}

/** Compares by start, then by id: the order does not depend on which service reported first. */
export function compareStart(a: Step, b: Step): number {
  return compareText(a.startedAt, b.startedAt) || compareText(a.id, b.id);
}
