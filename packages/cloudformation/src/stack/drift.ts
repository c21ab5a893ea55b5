import { StackState } from './stack';

/** Tells what the newest drift detection has found, where it has found any. */
export function driftText(
  stack: Pick<StackState, 'name' | 'drift'>,
): string | undefined {
  const { name, drift } = stack;
  if (drift?.status !== 'DRIFTED') return undefined;
  const when = drift.checkedAt?.toISOString() ?? 'at an unknown time';
  return `Stack ${name} has drifted (looked at ${when}): resources were changed outside CloudFormation. What is not changed here stays as it is; with revertDrift: true it is compared, shown and set back`;
}
