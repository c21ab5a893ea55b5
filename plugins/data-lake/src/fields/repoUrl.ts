import type { CodeHost } from '@data-lake/plugin-data-lake-common';

/** A `repoUrl`, such as `github.com?owner=acme&repo=lake`, as `RepoUrlPicker` makes them. */
export interface RepoUrl {
  host: string;
  parts: URLSearchParams;
}

/** Parses a `repoUrl`; undefined if it is none yet. */
export function parseRepoUrl(text: string | undefined): RepoUrl | undefined {
  if (!text || !URL.canParse(`https://${text}`)) return undefined;
  const { host, searchParams } = new URL(`https://${text}`);
  return host ? { host, parts: searchParams } : undefined;
}

/** The owner of a repository, which each type of host calls by its own word. */
export const toOwner = ({ parts }: RepoUrl) =>
  parts.get('workspace') ?? parts.get('organization') ?? parts.get('owner');

/** Starts a `repoUrl` at a host, with the name that a repository would have. */
export const startRepoUrl = ({ host }: CodeHost, name: string) =>
  `${host}?${new URLSearchParams({ repo: name })}`;
