import { createHash } from 'node:crypto';
import { DeployRequest } from './request';

/**
 * Name of the change set, and token of its creation and execution. The same request of the same task
 * on the same stack gives the same, so a second try finds the first one's work instead of doing it
 * again.
 *
 * @param basis - what the stack's newest event was: after a failed try, AWS would take the same token
 * for a repetition and do nothing
 */
export function toChangeSetName(request: DeployRequest, basis = ''): string {
  return `${toWorkName(request)}-${sha256(basis).slice(0, 8)}`;
}

/** How the names of all tries of the same work begin. */
export function toWorkName(request: DeployRequest): string {
  const { identity, stackName, template, parameters, tags } = request;
  const text = JSON.stringify([
    identity,
    stackName,
    template.digest,
    sorted(parameters),
    sorted(tags),
  ]);
  return `backstage-${sha256(text).slice(0, 24)}`;
}

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

function sorted(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
