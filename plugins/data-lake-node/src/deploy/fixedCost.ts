import { listPrices } from './listPrices';
import { priceOf } from './priceOf';
import { ResolvedResource, resolveResources } from './resolve';
import { Template } from './template';

/** What a resource costs by merely being there. @public */
export interface CostItem {
  logicalId: string;
  type: string;
  usdPerMonth: number;
  /** How it comes to that, in one line. */
  basis: string;
}

/** The fixed monthly cost of a stack, at AWS's list prices. @public */
export interface FixedCost {
  /** Of all that is known, in US dollars. What is paid by use comes on top. */
  usdPerMonth: number;
  /** How much more, or less, than what is there now. */
  change: number;
  items: CostItem[];
  /** What has a cost that is not known here; it counts as nothing in the sum. */
  unknown: { logicalId: string; type: string; why: string }[];
  /** The region of the prices, which is not always the stack's. */
  pricesOf: string;
  /** The day of the prices, such as `2026-11-27`. */
  asOf: string;
}

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
