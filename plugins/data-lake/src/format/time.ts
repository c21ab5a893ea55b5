/** `22 Nov 14:05` in the reader's zone. Times on the pages are local; UTC is in the title. */
export function formatTime(iso: string): string {
  return `${formatDay(iso)} ${formatClock(iso)}`;
}

/** `22 Nov` */
export function formatDay(time: string | number): string {
  return new Date(time).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
  });
}

/** `14:05`, or `14:05:09` with seconds. */
export function formatClock(
  time: string | number,
  options: { seconds?: boolean } = {},
): string {
  return new Date(time).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(options.seconds && { second: '2-digit' }),
  });
}

/** `22 Nov 2026, 13:05:09 UTC`, for titles. */
export function formatUtc(iso: string): string {
  const text = new Date(iso).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  return `${text} UTC`;
}
