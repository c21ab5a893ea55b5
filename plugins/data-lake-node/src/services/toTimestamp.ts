/** An SDK's date as ISO 8601; a date that cannot be read is absent rather than wrong. */
export function toTimestamp(date: Date | string | undefined | null) {
  if (!date) return undefined;
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
