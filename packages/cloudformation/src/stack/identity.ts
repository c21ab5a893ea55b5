import { createHash } from 'node:crypto';
import { DeployRequest } from './request';

/**
 * How all names and tokens of one asker begin: an operation whose token begins so is its own, and one
 * that it has begun before, perhaps in a process that was killed.
 */
export function toAskerName({ identity }: Pick<DeployRequest, 'identity'>) {
  return `backstage-${sha256(identity).slice(0, 12)}`;
}

/**
 * How the names of all tries of the same work begin: the same asker wants the same of the same stack.
 * Values of NoEcho parameters are no part of it, as names are seen by many.
 */
export function toWorkName(
  request: DeployRequest,
  purpose: 'deploy' | 'preview' = 'deploy',
): string {
  const { stackName, template, parameters, tags } = request;
  const open = Object.entries(parameters).map(([name, value]) => [
    name,
    template.parameters[name]?.noEcho ? '' : value,
  ]);
  const text = JSON.stringify([
    purpose,
    stackName,
    template.digest,
    sorted(Object.fromEntries(open)),
    sorted(tags),
    request.revertDrift ?? false,
  ]);
  return `${toAskerName(request)}-${sha256(text).slice(0, 16)}`;
}

/**
 * Name of the change set. A second try finds the first one's instead of making another.
 *
 * @param basis - what the stack's newest event was: what failed is tried again by another change set
 */
export function toChangeSetName(
  request: DeployRequest,
  options: { basis?: string; purpose?: 'deploy' | 'preview' } = {},
): string {
  const { basis = '', purpose } = options;
  return `${toWorkName(request, purpose)}-${sha256(basis).slice(0, 8)}`;
}

/**
 * Token of the execution of a change set; a stack that is made again under the same name has a change
 * set of another id, and so never a token that CloudFormation has seen.
 */
export function toExecutionToken(name: string, changeSetId: string): string {
  return `${name}-${sha256(changeSetId).slice(0, 8)}`;
}

/** The name of the change set that such a token executes. */
export const toChangeSetOf = (token: string) =>
  token.replace(/-[0-9a-f]{8}$/, '');

/** Token of what is done to a stack beside executing a change set; of the same asker, but no work's. */
export function toActToken(
  request: Pick<DeployRequest, 'identity'>,
  act: 'cancel' | 'continue' | 'delete',
  basis: string,
): string {
  return `${toAskerName(request)}-${act}-${sha256(basis).slice(0, 8)}`;
}

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

function sorted(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
