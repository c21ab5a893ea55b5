import type { StackResource } from '@data-lake/plugin-data-lake-common';

/** `Glue Crawler`, 2: what there is of each type, the most first; what is left over as one number. */
export function countTypes(
  resources: readonly StackResource[],
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
