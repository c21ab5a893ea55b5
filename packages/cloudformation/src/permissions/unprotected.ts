import type { PropertyChange } from '@data-lake/plugin-data-lake-common';
import { ResolvedResource } from '../template/evaluateTemplate';
import { ResourceChange } from '../stack/resourceChange';
import { isStateful } from '../template/stateful';

type Resources = ReadonlyMap<string, ResolvedResource>;

/**
 * Marks the stateful resources that a policy of the template kept before, and keeps no more: whoever
 * deletes or replaces them afterwards deletes what they hold. A change set need not tell of them.
 */
export function withUnprotected(
  changes: readonly ResourceChange[],
  before: Resources,
  after: Resources,
): ResourceChange[] {
  const lost = new Map(
    [...after]
      .map(([id, is]) => [id, listLost(before.get(id), is)] as const)
      .filter(([, policies]) => policies.length > 0),
  );
  const marked = changes.map(change => {
    const policies = lost.get(change.logicalId);
    lost.delete(change.logicalId);
    return policies ? unprotected(change, policies) : change;
  });
  const unsaid = [...lost].map(([logicalId, policies]) =>
    unprotected(
      {
        logicalId,
        type: after.get(logicalId)!.type,
        does: 'changed',
        properties: [],
        stateful: true,
      },
      policies,
    ),
  );
  return [...marked, ...unsaid];
}

function unprotected(
  change: ResourceChange,
  policies: readonly PropertyChange[],
): ResourceChange {
  const names = policies.map(({ path }) => path);
  const others = change.properties.filter(({ path }) => !names.includes(path));
  return {
    ...change,
    properties: [...others, ...policies],
    unprotected: true,
  };
}

function listLost(
  was: ResolvedResource | undefined,
  is: ResolvedResource,
): PropertyChange[] {
  if (!was || !isStateful(was.type)) return [];
  return [
    {
      path: 'DeletionPolicy',
      before: was.deletionPolicy,
      after: is.deletionPolicy,
    },
    {
      path: 'UpdateReplacePolicy',
      before: was.updateReplacePolicy,
      after: is.updateReplacePolicy,
    },
  ].filter(policy => keeps(policy.before) && !keeps(policy.after));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html */
const keeps = (policy: string | undefined) =>
  policy !== undefined &&
  ['Retain', 'RetainExceptOnCreate', 'Snapshot'].includes(policy);
