import { asList, asObject, toCanonicalJson } from '../../template/json';
import {
  Grant,
  toConditionText,
  toGrant,
  toTexts,
  toUnreadGrants,
} from './grant';

/**
 * Lists the grants of a policy document.
 *
 * @param who - the principals that the policy is attached to; absent if its statements name them
 */
export function listPolicyGrants(document: unknown, who?: string[]): Grant[] {
  if (document === undefined) return [];
  const { Statement } = asObject(document);
  if (Statement === undefined) return toUnreadGrants(document, who);
  return asList(Statement).flatMap(statement =>
    listStatementGrants(statement, who),
  );
}

function listStatementGrants(statement: unknown, who?: string[]): Grant[] {
  const { Effect, Action, NotAction, Resource, NotResource } =
    asObject(statement);
  const { Principal, NotPrincipal, Condition } = asObject(statement);
  const isAllowed = Effect === 'Allow';
  const isRead = isAllowed || Effect === 'Deny';
  if (!isRead || (Action ?? NotAction) === undefined) {
    return toUnreadGrants(statement, who);
  }
  return [
    toGrant({
      effect: isAllowed ? 'Allow' : 'Deny',
      who: who ?? either(principals(Principal), NotPrincipal),
      actions: either(toTexts(Action), NotAction),
      on: either(toTexts(Resource), NotResource, ['*']),
      condition: toConditionText(Condition),
    }),
  ];
}

/** A `Not…` element is compared as a whole. */
function either(
  list: string[],
  not: unknown,
  otherwise: string[] = [],
): string[] {
  if (not !== undefined) return [`not ${toCanonicalJson(not)}`];
  return list.length > 0 ? list : otherwise;
}

function principals(principal: unknown): string[] {
  if (principal === '*') return ['*'];
  return Object.entries(asObject(principal)).flatMap(([kind, value]) =>
    toTexts(value).map(text =>
      kind === 'AWS' && text === '*' ? '*' : `${kind} ${text}`,
    ),
  );
}
