import type { StackPreview } from '@data-lake/plugin-data-lake-common';

/** Adds up the known costs of the stacks; nothing if none is known. */
export function sumCosts(stacks: readonly StackPreview[]) {
  const costs = stacks.flatMap(({ cost }) => cost ?? []);
  if (costs.length === 0) return undefined;
  return {
    after: sum(costs.map(({ usdPerMonth }) => usdPerMonth)),
    change: sum(costs.map(({ change }) => change)),
    items: costs.flatMap(({ items }) => items),
    unknown: costs.flatMap(({ unknown }) => unknown),
    pricesOf: costs[0].pricesOf,
    asOf: costs[0].asOf,
  };
}

const sum = (numbers: number[]) =>
  Math.round(numbers.reduce((all, n) => all + n, 0) * 100) / 100;

/** `$12.30` */
export function formatUsd(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

/** `+$12.30`, `−$1.20`, `±$0` */
export function formatChange(usd: number): string {
  if (usd === 0) return '±$0';
  return `${usd < 0 ? '−' : '+'}${formatUsd(Math.abs(usd))}`;
}
