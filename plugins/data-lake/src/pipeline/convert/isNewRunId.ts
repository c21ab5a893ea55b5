const maxAge = 5 * 60 * 1000;

/**
 * Tells whether a run id is one of ours (`20261122T124500-7f3a`) and so new that Airflow may not list
 * the run yet. A page opened by a link just after the start waits for it too.
 */
export function isNewRunId(runId: string | undefined, now: number): boolean {
  const match = runId?.match(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)-[0-9a-f]{4}$/,
  );
  if (!match) return false;
  const [, y, mo, d, h, m, s] = match;
  const made = Date.parse(`${y}-${mo}-${d}T${h}:${m}:${s}Z`);
  return now - made < maxAge;
}
