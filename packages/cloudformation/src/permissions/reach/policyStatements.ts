import { asObject } from '../../template/json';
import { isFunction } from '../grants/grant';
import { branchesOf } from './reachScope';

/** A statement that allows or may allow; `unread` if only CloudFormation knows what. */
export type Statement = Record<string, unknown> | 'unread';

/**
 * Lists the statements of a policy that do not deny. A policy that is given as text is unread: a value that
 * only CloudFormation knows may add statements to it, and parsers differ in what they read.
 */
export function listAllowing(document: unknown): Statement[] {
  return branchesOf(document).flatMap<Statement>(policy => {
    const { Statement } = asObject(policy);
    if (isFunction(policy) || Statement === undefined) return 'unread';
    return branchesOf(Statement).flatMap<Statement>(statement => {
      const { Effect } = asObject(statement);
      if (Effect === 'Deny') return [];
      return Effect === 'Allow' ? asObject(statement) : 'unread';
    });
  });
}
