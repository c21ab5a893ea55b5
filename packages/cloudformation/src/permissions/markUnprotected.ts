import { TemplateResource } from '../template/evaluateTemplate';
import { PropertyChange, ResourceChange } from '../stack/resourceChange';
import { isStateful } from '../template/isStateful';

type Resources = ReadonlyMap<string, TemplateResource>;

/**
 * Marks the stateful resources that lose the policy that retains them: deleting or replacing them
 * afterwards deletes their data. A change set need not list them, so they are added.
 */
export function markUnprotected(
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
  const unlisted = [...lost].map(([logicalId, policies]) =>
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
  return [...marked, ...unlisted];
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
  was: TemplateResource | undefined,
  is: TemplateResource,
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
