import { StackState } from './stack';

/** Describes the drift that the newest drift detection found, if any. */
export function toDriftText(
  stack: Pick<StackState, 'name' | 'drift'>,
): string | undefined {
  const { name, drift } = stack;
  if (drift?.status !== 'DRIFTED') return undefined;
  const when = drift.checkedAt?.toISOString() ?? 'at an unknown time';
  return `Stack ${name} has drifted (checked ${when}): resources were changed outside CloudFormation. Drift stays where this deployment changes nothing; set revertDrift: true to compare, show and revert it`;
}
