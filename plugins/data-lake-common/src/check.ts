import * as z from 'zod';

/**
 * The outcome of a check. Unknown is never passed: something that could not be read may be broken, or is not due yet.
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

/** One statement that must hold after a deployment, and its outcome. @public */
export const Check = z.object({
  /** Such as `drift`. */
  id: z.string(),
  /** Such as `The MWAA execution role has the project's policies`. */
  title: z.string(),
  state: CheckState.catch('unknown'),
  /** The finding, in one line. */
  reason: z.string(),
  /** The next step, if there is one. */
  remedy: z.string().optional(),
});

/** @public */
export type Check = z.infer<typeof Check>;

/** The worst outcome: failed, then unknown; passed only if all are, and there is at least one. @public */
export function worstOf(checks: readonly Check[]): CheckState {
  const states = checks.map(({ state }) => state);
  if (states.includes('failed')) return 'failed';
  if (states.length === 0 || states.includes('unknown')) return 'unknown';
  return 'passed';
}
