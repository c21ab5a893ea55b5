import type { Phase } from './phases.ts';

/** What a local AWS lacks: the way to a region and back, and the time that a stack takes. */
export const likeAws = {
  roundTripMs: 80,
  stackSeconds: 40,
  /** A round lasts eight minutes. */
  rounds: 1,
};

/** Returns how many seconds of an operation are the stack's own. */
export const toOwnSeconds = (phase: Phase) =>
  phase === 'noop' ? 0 : likeAws.stackSeconds;
