/**
 * Formats a duration in at most two units: `1.4 s`, `47 s`, `6 m 02 s`, `2 h 03 m`, `3 d 4 h`.
 *
 * @param ms - milliseconds; negative values count as 0
 */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${trimZero(seconds.toFixed(1))} s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} m ${pad(s % 60)} s`;
  const m = Math.round(s / 60);
  if (m < 24 * 60) return `${Math.floor(m / 60)} h ${pad(m % 60)} m`;
  const h = Math.round(m / 60);
  return `${Math.floor(h / 24)} d ${h % 24} h`;
}

/** Formats a duration in one unit, for labels and ages: `47 s`, `90 m`, `26 h`, `3 d`. */
export function formatRoughly(ms: number): string {
  const s = Math.round(Math.max(0, ms) / 1000);
  if (s < 60) return `${s} s`;
  if (s < 2 * 3600) return `${Math.floor(s / 60)} m`;
  if (s < 48 * 3600) return `${Math.floor(s / 3600)} h`;
  return `${Math.floor(s / 86400)} d`;
}

/**
 * Returns the time from a start to its end, or to now.
 *
 * @returns milliseconds; nothing if it has not started
 */
export function findDuration(
  span: { startedAt?: string; endedAt?: string },
  now: number,
): number | undefined {
  if (!span.startedAt) return undefined;
  const end = span.endedAt ? Date.parse(span.endedAt) : now;
  return Math.max(0, end - Date.parse(span.startedAt));
}

/** Returns the middle value; nothing for an empty list. */
export function findMedian(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

const pad = (n: number) => String(n).padStart(2, '0');
const trimZero = (text: string) => text.replace(/\.0$/, '');
