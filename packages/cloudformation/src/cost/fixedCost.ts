import type { CostPreview } from '@data-lake/plugin-data-lake-common';
import { listPrices } from './listPrices';
import { priceOf } from './priceOf';
import {
  ResolvedResource,
  resolveResources,
} from '../template/evaluateTemplate';
import { Template } from '../template/template';

/** The fixed monthly cost of a stack, at AWS's list prices. What is paid by use comes on top. @public */
export type FixedCost = CostPreview;

/** What a resource costs by merely being there. @public */
export type CostItem = FixedCost['items'][number];

type Resources = ReadonlyMap<string, ResolvedResource>;

/** Estimates what a stack costs a month after a change, without use. */
export function estimateFixedCost(
  before: Resources,
  after: Resources,
): FixedCost {
  const now = priceAll(after);
  return {
    usdPerMonth: sum(now.items),
    change: cents(sum(now.items) - sum(priceAll(before).items)),
    ...now,
    pricesOf: listPrices.region,
    asOf: listPrices.asOf,
  };
}

/**
 * The same of a template alone, for a stack that is not there yet: it asks AWS nothing.
 *
 * @public
 */
export function estimateTemplateCost(
  { content }: Pick<Template, 'content'>,
  parameters: Record<string, string>,
): FixedCost {
  return estimateFixedCost(new Map(), resolveResources(content, parameters));
}

function priceAll(resources: Resources): Pick<FixedCost, 'items' | 'unknown'> {
  const items: CostItem[] = [];
  const unknown: FixedCost['unknown'] = [];
  for (const [logicalId, resource] of resources) {
    const { type } = resource;
    const price = priceOf(resource);
    if ('why' in price) unknown.push({ logicalId, type, why: price.why });
    else if (price.usdPerMonth > 0) {
      const usdPerMonth = cents(price.usdPerMonth);
      items.push({ logicalId, type, usdPerMonth, basis: price.basis });
    }
  }
  return { items, unknown };
}

const sum = (items: readonly CostItem[]) =>
  cents(items.reduce((all, { usdPerMonth }) => all + usdPerMonth, 0));

const cents = (usd: number) => Math.round(usd * 100) / 100;

/** The estimate in lines for a log. */
export function toCostLines(cost: FixedCost, region: string): string[] {
  const { usdPerMonth, change, items, unknown, pricesOf, asOf } = cost;
  const sign = change < 0 ? '-' : '+';
  const differs =
    change === 0 ? '' : ` (${sign}$${Math.abs(change).toFixed(2)})`;
  const place =
    region === pricesOf ? pricesOf : `${pricesOf}; ${region} may ask more`;
  return [
    `Fixed cost a month, without use: $${usdPerMonth.toFixed(2)}${differs}${
      unknown.length > 0 ? ' and what is not known' : ''
    }, at list prices of ${place}, ${asOf}`,
    ...items.map(
      item =>
        `  $ ${item.logicalId}: ${item.usdPerMonth.toFixed(2)}, ${item.basis}`,
    ),
    ...unknown.map(item => `  ? ${item.logicalId} (${item.type}): ${item.why}`),
  ];
}
