import { asObject, isText } from '../../template/json';
import { isFunction } from '../grants/grant';
import { branchesOf } from './reachScope';

/** A statement that allows or may allow; `unread` if only CloudFormation knows what. */
export type Statement = Record<string, unknown> | 'unread';

/** Lists the statements of a policy that do not deny. A policy may be given as JSON text. */
export function listAllowing(document: unknown): Statement[] {
  return branchesOf(document).flatMap<Statement>(each => {
    const policy = isText(each) ? parse(each) : each;
    const { Statement } = asObject(policy);
    if (isFunction(policy) || Statement === undefined) return 'unread';
    return branchesOf(Statement).flatMap<Statement>(statement => {
      const { Effect } = asObject(statement);
      if (Effect === 'Deny') return [];
      return Effect === 'Allow' ? asObject(statement) : 'unread';
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
