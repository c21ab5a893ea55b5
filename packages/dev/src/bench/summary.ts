/** Finds the middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Rounds a value to the digits that a measurement has. */
export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** Formats the median and the range of values: `1.21 (1.18–1.30)`. */
export function spread(values: readonly number[], digits = 2): string {
  const [middle, least, most] = [
    median(values),
    Math.min(...values),
    Math.max(...values),
  ].map(value => value.toFixed(digits));
  return values.length > 1 ? `${middle} (${least}–${most})` : middle;
}

/** Formats a value as a multiple of the first's: above 1, the first is better. */
export function ratio(value: number, first: number): string {
  return `${(value / first).toFixed(value < first * 10 ? 2 : 0)}×`;
}
