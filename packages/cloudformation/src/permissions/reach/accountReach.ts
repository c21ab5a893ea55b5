import { TemplateResource } from '../../template/evaluateTemplate';
import { isText } from '../../template/json';
import { isListed, ReachScope } from './reachScope';
import { policyProperties } from './trustReach';

/** Lists the resources of other accounts that the properties of a resource name, one line each. */
export function listAccountReach(
  { properties }: TemplateResource,
  { account, reach }: ReachScope,
): string[] {
  const found = new Set<string>();
  let level: [string, unknown][] = Object.entries(properties);
  while (level.length > 0) {
    for (const [name, value] of level) {
      if (!isText(value)) continue;
      for (const [arn, of] of value.matchAll(arns)) {
        if (of !== account && !isListed(of, reach.allowedPrincipals)) {
          if (!isListed(arn, reach.allowedPrincipals)) found.add(arn);
        }
      }
      const isOther = /^\d{12}$/.test(value) && value !== account;
      if (isOther && /(Account|AccountId|CatalogId)$/.test(name)) {
        if (!isListed(value, reach.allowedPrincipals)) found.add(value);
      }
    }
    level = level.flatMap(([name, value]) =>
      readElsewhere.includes(name) || typeof value !== 'object'
        ? []
        : Object.entries(value ?? {}),
    );
  }
  return [...found].map(of => `uses ${of}, which is of another account`);
}

const arns = /arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):[^\s"',]*/g;

/** Policies and principals have rules of their own. */
export const readElsewhere: readonly string[] = [
  ...policyProperties,
  'AssumeRolePolicyDocument',
  'DataLakePrincipal',
  'ManagedPolicyArns',
  'Policies',
  'Principal',
];
