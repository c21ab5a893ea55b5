import { EnvironmentSnapshot } from '../../observation';
import { HealthRule } from '../../pipeline';
import { Problem } from '../../problem';
import { ObservedResource } from '../../resource';
import { services } from '../../services';
import { Health, worstHealth } from '../../state';
import { isStack } from './stacks';

/** Assesses the resources of the stacks; a service that was not read may hide what is not healthy. */
export function assessResources({
  resources,
  problems,
}: EnvironmentSnapshot): HealthRule {
  const own = resources.filter(resource => !isStack(resource));
  const health = worstHealth(own.map(resource => resource.health));
  const worst = own.filter(resource => resource.health === health);
  const text =
    health === 'healthy'
      ? toHealthyText(own.length, problems)
      : `${toCount(worst)} ${healthWords[health]}`;
  const unread = [...new Set(problems.map(p => services[p.service].title))];
  return {
    name: 'resources',
    health: worstHealth([health, ...problems.map(problem => problem.health)]),
    text: [text, ...unread.map(title => `${title} not read`)].join(', '),
  };
}

/** Of all that there are, if all were read. */
const toHealthyText = (count: number, problems: readonly Problem[]) =>
  problems.length === 0 ? `${count} of ${count} healthy` : `${count} healthy`;

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
