/** Fifteen sweeps of the default interval: by then the collector itself has a problem. */
const staleAfterMs = 15 * 60_000;

/** Whether an observation is too old to tell how an environment is now. @public */
export function isStale(observedAt: string, now: Date | number): boolean {
  return Number(now) - Date.parse(observedAt) > staleAfterMs;
}
