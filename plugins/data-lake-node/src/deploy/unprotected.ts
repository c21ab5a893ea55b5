import { ResolvedResource } from './resolve';
import { ResourceChange } from './resourceChange';
import { isStateful } from './stateful';

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
  policies: readonly string[],
): ResourceChange {
  const properties = [...new Set([...change.properties, ...policies])].sort();
  return { ...change, properties, unprotected: true };
}

function listLost(
  was: ResolvedResource | undefined,
  is: ResolvedResource,
): string[] {
  if (!was || !isStateful(was.type)) return [];
  const lost = [
    keeps(was.deletionPolicy) && !keeps(is.deletionPolicy) && 'DeletionPolicy',
    keeps(was.updateReplacePolicy) &&
      !keeps(is.updateReplacePolicy) &&
      'UpdateReplacePolicy',
  ];
  return lost.filter(name => name !== false);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html */
const keeps = (policy: string | undefined) =>
  policy !== undefined &&
  ['Retain', 'RetainExceptOnCreate', 'Snapshot'].includes(policy);
