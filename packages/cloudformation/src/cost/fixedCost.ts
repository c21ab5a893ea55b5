import { listPrices } from './listPrices';
import { priceResource } from './priceResource';
import {
  TemplateResource,
  evaluateTemplate,
} from '../template/evaluateTemplate';
import { Template } from '../template/template';

/** The fixed monthly cost of a stack in US dollars, at list prices. Charges by use are not included. @public */
export interface FixedCost {
  usdPerMonth: number;
  /** The difference to the present state. */
  change: number;
  items: CostItem[];
  /** Resources of unknown cost, which count as zero in the sum. */
  unknown: { logicalId: string; type: string; why: string }[];
  /** The region of the prices, which is not always the stack's. */
  pricesOf: string;
  /** The day of the prices, such as `2026-11-27`. */
  asOf: string;
}

/** The fixed monthly cost of one resource. @public */
export interface CostItem {
  logicalId: string;
  type: string;
  usdPerMonth: number;
  /** How the price is calculated, in one line. */
  basis: string;
}

type Resources = ReadonlyMap<string, TemplateResource>;

/** Estimates the fixed monthly cost of a stack after a change. */
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
 * Estimates the fixed monthly cost of a new stack from its template, without calling AWS.
 *
 * @public
 */
export function estimateTemplateCost(
  { content }: Pick<Template, 'content'>,
  parameters: Record<string, string>,
): FixedCost {
  return estimateFixedCost(new Map(), evaluateTemplate(content, parameters));
}

function priceAll(resources: Resources): Pick<FixedCost, 'items' | 'unknown'> {
  const items: CostItem[] = [];
  const unknown: FixedCost['unknown'] = [];
  for (const [logicalId, resource] of resources) {
    const { type } = resource;
    const price = priceResource(resource);
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

/** Describes an estimate in lines for a log. */
export function toCostLines(cost: FixedCost, region: string): string[] {
  const { usdPerMonth, change, items, unknown, pricesOf, asOf } = cost;
  const sign = change < 0 ? '-' : '+';
  const differs =
    change === 0 ? '' : ` (${sign}$${Math.abs(change).toFixed(2)})`;
  const source =
    region === pricesOf ? pricesOf : `${pricesOf}; ${region} may cost more`;
  return [
    `Fixed monthly cost at list price: $${usdPerMonth.toFixed(2)}${differs}${
      unknown.length > 0 ? ' plus unknown costs' : ''
    } (prices of ${source}, ${asOf})`,
    ...items.map(
      item =>
        `  $ ${item.logicalId}: ${item.usdPerMonth.toFixed(2)}, ${item.basis}`,
    ),
    ...unknown.map(item => `  ? ${item.logicalId} (${item.type}): ${item.why}`),
  ];
}
