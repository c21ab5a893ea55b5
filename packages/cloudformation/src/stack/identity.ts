import { sha256 } from '@data-lake/aws';
import { Caller, DeploymentSpec } from './deploymentSpec';

/**
 * Returns the first part of all names and tokens of a caller. An operation whose token starts with it
 * was started by this caller, possibly in a process that was killed.
 */
export function toCallerName({
  identity,
  tokenPrefix = 'deploy',
}: Caller): string {
  return `${tokenPrefix}-${sha256(identity).slice(0, 12)}`;
}

/**
 * Returns the first part of the names of all tries of the same work: the same caller asks for the same
 * state of the same stack. Values of NoEcho parameters are left out, as names are widely visible.
 *
 * @public
 */
export function toWorkName(
  spec: DeploymentSpec,
  purpose: 'deploy' | 'preview' = 'deploy',
): string {
  const { stackName, template, parameters, tags } = spec;
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
    spec.revertDrift ?? false,
  ]);
  return `${toCallerName(spec)}-${sha256(text).slice(0, 16)}`;
}

/**
 * Returns the name of a change set. A second try finds the change set of the first instead of making
 * another.
 *
 * @param options - `basis`: id of the stack's newest event, so that a retry after a failure gets another
 * change set
 */
export function toChangeSetName(
  spec: DeploymentSpec,
  options: { basis?: string; purpose?: 'deploy' | 'preview' } = {},
): string {
  const { basis = '', purpose } = options;
  return `${toWorkName(spec, purpose)}-${sha256(basis).slice(0, 8)}`;
}

/**
 * Returns the token for executing a change set. A stack created again under the same name has a change
 * set of another id, and so never a token that CloudFormation has seen.
 */
export function toExecutionToken(name: string, changeSetId: string): string {
  return `${name}-${sha256(changeSetId).slice(0, 8)}`;
}

/** Returns the name of the change set that a token executes. */
export const toExecutedChangeSet = (token: string) =>
  token.replace(/-[0-9a-f]{8}$/, '');

/** Returns the token for an act on a stack other than executing a change set. */
export function toActToken(
  caller: Caller,
  act: 'cancel' | 'continue' | 'delete',
  basis: string,
): string {
  return `${toCallerName(caller)}-${act}-${sha256(basis).slice(0, 8)}`;
}

function sorted(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
