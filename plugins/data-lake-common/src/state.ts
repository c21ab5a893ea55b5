import * as z from 'zod';

// A page may be older than its backend: in answers, a word that it does not know is read as `unknown`
// (`.catch('unknown')`), which is never success, and the rest of the answer stays.
//
// The enums of this package take objects, not arrays: those keep their order in the api report, while
// that of an array's union depends on what else is compiled.

/**
 * The state of a run, a step of it, or a resource, in one vocabulary for all services.
 * `unknown` is an adapter's word for a state that it does not know; it is never shown as success.
 *
 * @public
 */
export const RunState = z.enum({
  queued: 'queued',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  late: 'late',
  skipped: 'skipped',
  unknown: 'unknown',
});

/** @public */
export type RunState = z.infer<typeof RunState>;

/**
 * The health of a resource, an environment or a pipeline.
 *
 * @public
 */
export const Health = z.enum({
  healthy: 'healthy',
  running: 'running',
  late: 'late',
  failed: 'failed',
  gone: 'gone',
  denied: 'denied',
  unknown: 'unknown',
});

/** @public */
export type Health = z.infer<typeof Health>;

/**
 * The worst of several healths; `unknown` if there is none.
 *
 * @public
 */
export function worstHealth(healths: readonly Health[]): Health {
  return [...healths].sort((a, b) => severity[b] - severity[a])[0] ?? 'unknown';
}

const severity = {
  healthy: 0,
  running: 1,
  unknown: 2,
  late: 3,
  denied: 4,
  gone: 5,
  failed: 6,
} satisfies Record<Health, number>;

/** Whether a run or step in this state is over. @public */
export function isEnded(state: RunState): boolean {
  return ended[state];
}

const ended = {
  queued: false,
  running: false,
  late: false,
  unknown: false,
  succeeded: true,
  failed: true,
  cancelled: true,
  skipped: true,
} satisfies Record<RunState, boolean>;

/**
 * Looks up a service's own word in a mapping that is complete for the SDK's enum (by
 * `satisfies Record<…>`); a word that is not in the mapping is `unknown`.
 *
 * @public
 */
export function lookUpState<T extends string>(
  mapping: Readonly<Record<string, T>>,
  status: string | undefined,
): T | 'unknown' {
  return status !== undefined && Object.hasOwn(mapping, status)
    ? mapping[status]
    : 'unknown';
}
