import * as z from 'zod';

/**
 * How a check ended. Unknown is never passed: what could not be looked at may be broken, or is not due yet.
 *
 * @public
 */
export const CheckState = z.enum({
  passed: 'passed',
  failed: 'failed',
  unknown: 'unknown',
});

/** @public */
export type CheckState = z.infer<typeof CheckState>;

/** One thing that must hold after a deployment, and whether it does. @public */
export const Check = z.object({
  /** Such as `drift`. */
  id: z.string(),
  /** Such as `The MWAA execution role has the project's policies`. */
  title: z.string(),
  state: CheckState,
  /** What was seen, in one line. */
  reason: z.string(),
  /** What to do, where there is something to do. */
  remedy: z.string().optional(),
});

/** @public */
export type Check = z.infer<typeof Check>;

/** The worst of all: failed, then unknown; passed only where all are, and there is one. @public */
export function worstOf(checks: readonly Check[]): CheckState {
  const states = checks.map(({ state }) => state);
  if (states.includes('failed')) return 'failed';
  if (states.length === 0 || states.includes('unknown')) return 'unknown';
  return 'passed';
}
