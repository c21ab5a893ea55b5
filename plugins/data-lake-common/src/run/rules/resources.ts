import { EnvironmentSnapshot } from '../../observation';
import { HealthRule } from '../../pipeline';
import { ObservedResource } from '../../resource';
import { Health, worstHealth } from '../../state';
import { isStack } from './stacks';

/** Assesses the resources of the stacks. */
export function assessResources({
  resources,
}: EnvironmentSnapshot): HealthRule {
  const own = resources.filter(resource => !isStack(resource));
  const health = worstHealth(own.map(resource => resource.health));
  const worst = own.filter(resource => resource.health === health);
  return {
    name: 'resources',
    health,
    text:
      health === 'healthy'
        ? `${own.length} of ${own.length} healthy`
        : `${toCount(worst)} ${healthWords[health]}`,
  };
}

/** `crawler a`, `crawler a and 2 more` */
function toCount(resources: ObservedResource[]): string {
  const [first, ...rest] = resources;
  if (!first) return 'no resource';
  return rest.length > 0 ? `${first.name} and ${rest.length} more` : first.name;
}

const healthWords = {
  healthy: 'healthy',
  running: 'changing',
  late: 'late',
  failed: 'failed',
  gone: 'gone',
  denied: 'denied',
  unknown: 'unknown',
} satisfies Record<Health, string>;
