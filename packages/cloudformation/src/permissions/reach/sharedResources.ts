import { matches } from '../findUncovered';
import type { ReachScope } from './reachScope';

/**
 * Tells whether a role may act on a resource that is not of the template: a part of a service that all who use it
 * share, or one that the rules list. Rights over the rights of others need more.
 */
export function isShared(text: string, { account, region, reach }: ReachScope) {
  const prefix = /^arn:[a-z0-9-]+:/.exec(text)?.[0] ?? '';
  const name = text.slice(prefix.length);
  return (
    (prefix !== '' &&
      shared.some(each =>
        matches(
          each.replace('{region}', region).replace('{account}', account),
          name,
        ),
      )) ||
    (reach.allowedResources ?? []).some(each => matches(each, text))
  );
}

/** @see https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html */
const shared = [
  // every action on a table or a database names it too
  'glue:{region}:{account}:catalog',
  // Glue's own log groups
  'logs:{region}:{account}:log-group:/aws-glue/*',
  // the queues of MWAA, in accounts of the service
  'sqs:{region}:*:airflow-celery-*',
];
