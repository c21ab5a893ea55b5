import type { ResourceRef } from '@data-lake/plugin-data-lake-common';

/** Counts resources by type (`Glue Crawler`, 2), largest first; the rest is one number. */
export function countTypes(
  resources: readonly ResourceRef[],
  most: number,
): { types: { type: string; number: number }[]; others: number } {
  const numbers = new Map<string, number>();
  for (const { type } of resources) {
    const short = type.replace(/^AWS::/, '').replace('::', ' ');
    numbers.set(short, (numbers.get(short) ?? 0) + 1);
  }
  const types = [...numbers]
    .map(([type, number]) => ({ type, number }))
    .sort((a, b) => b.number - a.number || a.type.localeCompare(b.type));
  const shown = types.slice(0, most);
  const counted = shown.reduce((sum, { number }) => sum + number, 0);
  return { types: shown, others: resources.length - counted };
}
