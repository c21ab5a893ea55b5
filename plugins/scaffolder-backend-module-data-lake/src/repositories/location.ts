import { InputError } from '@backstage/errors';

/** A repository by the parts of a `repoUrl`; which of them it has depends on the type of its host. */
export interface RepositoryLocation {
  host: string;
  repo: string;
  owner?: string;
  organization?: string;
  workspace?: string;
  project?: string;
}

/**
 * Parses a `repoUrl`, as `RepoUrlPicker` makes them: `github.com?owner=acme&repo=lake`.
 *
 * @throws InputError if it is none, or a part could lead elsewhere in a URL
 */
export function parseLocation(repoUrl: string): RepositoryLocation {
  const parsed = URL.canParse(`https://${repoUrl}`)
    ? new URL(`https://${repoUrl}`)
    : undefined;
  const part = (name: string) =>
    parsed?.searchParams.get(name)?.replace(/^\/+|\/+$/g, '') || undefined;
  const repo = part('repo');
  if (!parsed?.host || !repo || parsed.pathname !== '/') {
    throw new InputError(
      `${repoUrl} is not the location of a repository, such as github.com?owner=acme&repo=lake`,
    );
  }
  const parts = {
    repo,
    owner: part('owner'),
    organization: part('organization'),
    workspace: part('workspace'),
    project: part('project'),
  };
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined && !isPlain(value)) {
      throw new InputError(`${value} is no name for the ${name} of ${repoUrl}`);
    }
  }
  return { host: parsed.host, ...parts };
}

/** GitLab's groups are paths; no part may be a dot, and none has a character of URLs. */
const isPlain = (value: string) =>
  /^[^?#%\\@:\p{Cc}]+$/u.test(value) &&
  value.split('/').every(each => !/^\.{0,2}$/.test(each));

/** @throws InputError naming the part that is missing */
export function requirePart(
  location: RepositoryLocation,
  name: 'owner' | 'organization' | 'workspace' | 'project',
): string {
  const value = location[name];
  if (value) return value;
  throw new InputError(
    `The location of the repository at ${location.host} lacks the ${name}`,
  );
}
