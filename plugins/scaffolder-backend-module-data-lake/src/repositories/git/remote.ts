import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import fs from 'fs-extra';

/** A repository that Git reaches over HTTP. */
export interface Remote {
  url: string;
  auth: { username: string; password: string };
}

/** What a repository has on its main branch. */
export type RemoteState =
  | { state: 'absent' }
  | { state: 'empty' }
  | {
      state: 'filled';
      /** Messages of its newest commits, from the newest. */
      messages: string[];
    };

/**
 * Looks at a repository, by Git alone, which all hosts speak.
 *
 * @param options - `folder`: an empty folder for the commits
 * @throws HttpError of isomorphic-git, such as 401 or 403, if the credential is refused
 */
export async function readRemote(
  remote: Remote,
  options: { branch: string; folder: string },
): Promise<RemoteState> {
  const { branch, folder: dir } = options;
  const shared = { http, url: remote.url, ...toAuth(remote) };
  try {
    const { refs } = await git.getRemoteInfo(shared);
    const heads: object = refs?.heads ?? {};
    if (Object.keys(heads).length === 0) return { state: 'empty' };
    if (!(branch in heads)) return { state: 'filled', messages: [] };
  } catch (error) {
    if (getStatus(error) === 404) return { state: 'absent' };
    throw error;
  }
  await git.init({ fs, dir });
  await git.addRemote({ fs, dir, remote: 'origin', url: remote.url });
  const { fetchHead } = await git.fetch({
    ...shared,
    fs,
    dir,
    ref: branch,
    depth,
    singleBranch: true,
    tags: false,
  });
  const log = await git.log({ fs, dir, ref: fetchHead!, depth });
  return {
    state: 'filled',
    messages: log.map(({ commit }) => commit.message),
  };
}

/** A commit of a task that is retried is among the newest. */
const depth = 100;

/** Asks once: a password that is refused is refused again. */
export function toAuth({ auth }: Remote) {
  return { onAuth: () => auth, onAuthFailure: () => ({ cancel: true }) };
}

/** @returns the HTTP status of an error of isomorphic-git, or of one that it caused */
export function getStatus(error: unknown): number | undefined {
  const { data, code, cause } = error as {
    data?: { statusCode?: number };
    code?: string;
    cause?: unknown;
  };
  if (data?.statusCode) return data.statusCode;
  // asked once, and refused
  if (code === 'UserCanceledError') return 401;
  return cause ? getStatus(cause) : undefined;
}
