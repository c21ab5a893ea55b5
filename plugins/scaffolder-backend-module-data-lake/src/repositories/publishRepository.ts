import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import fs from 'fs-extra';
import {
  CodeHostType,
  HostCredential,
  mainBranch,
} from './codeHosts/CodeHostType';
import { OfficialAction, runOfficialAction } from './codeHosts/officialAction';
import { describeTokens } from './describeTokens';
import { readRemote, RemoteState } from './git/remote';
import { HostServices, toAuthor } from './HostServices';
import { parseLocation, RepositoryLocation } from './location';
import {
  RepositoryContext,
  RepositoryRequest,
  RepositoryUrls,
} from './RepositoryHost';
import { toApi } from './toApi';

/**
 * Publishes a folder by the official action of a host's type. What an earlier try of the task left is found
 * and continued: a repository whose commit names the task, or an empty one whose name was free when the task
 * first looked.
 *
 * @throws InputError if the module of the type is not installed, or a token lacks what it needs
 * @throws ConflictError if the repository is of anybody else
 */
export async function publishRepository(options: {
  services: HostServices;
  type: CodeHostType;
  ctx: RepositoryContext;
  request: RepositoryRequest;
}): Promise<RepositoryUrls> {
  const { services, type, ctx, request } = options;
  const location = parseLocation(request.repoUrl);
  const urls = type.toUrls(location);
  const action = type.loadPublishAction();
  const credential = await type.authorize(location, request.token);
  const { host } = location;
  const attempt = { type, host, isPersons: credential.isPersons };
  const what = `publish ${urls.remoteUrl}`;
  const state = await describeTokens({ ...attempt, what }, () =>
    look(options, credential, urls.remoteUrl),
  );
  if (isOwn(state, toStamp(ctx))) {
    ctx.logger.info(`${urls.remoteUrl} is published already, by this task`);
    return urls;
  }
  const isBegun = await assertFree(ctx, location, urls, state);
  const message = `${request.message}\n\n${toStamp(ctx)}`;
  await fs.remove(join(request.folder, '.git'));
  await describeTokens({ ...attempt, what }, () =>
    isBegun
      ? push({ services, ctx, request, urls, credential, message })
      : create(action, { type, ctx, request, message }),
  );
  ctx.logger.info(`Published ${urls.remoteUrl}`);
  return urls;
}

/** The line of a commit by which a later try of the task knows its repository. */
const toStamp = ({ task }: RepositoryContext) => `Backstage-Task: ${task.id}`;

async function look(
  { type, ctx, request }: Parameters<typeof publishRepository>[0],
  credential: HostCredential,
  url: string,
): Promise<RemoteState> {
  await type.assertToken?.(toApi(type, credential, ctx), request.folder);
  return readRemote(
    { url, auth: credential.git },
    { branch: mainBranch, folder: await ctx.createTemporaryDirectory() },
  );
}

const isOwn = (state: RemoteState, stamp: string) =>
  state.state === 'filled' &&
  state.messages.some(message => message.includes(stamp));

/**
 * An empty repository has no stamp: it is of this task if its name was free when the task first looked, which
 * is noted before it is made.
 *
 * @returns whether an earlier try has made it
 */
async function assertFree(
  ctx: RepositoryContext,
  location: RepositoryLocation,
  { remoteUrl }: RepositoryUrls,
  { state }: RemoteState,
): Promise<boolean> {
  const refuse = (why: string): never => {
    throw new ConflictError(
      `${remoteUrl} exists already, ${why}: choose another name, or delete that repository`,
    );
  };
  if (state === 'filled') refuse('with commits that are not of this task');
  await ctx.checkpoint({
    key: `repository.free.${location.host}.${remoteUrl}`,
    fn: async () =>
      state === 'absent' || refuse('empty, and not made by this task'),
  });
  return state === 'empty';
}

async function create(
  action: OfficialAction,
  options: {
    type: CodeHostType;
    ctx: RepositoryContext;
    request: RepositoryRequest;
    message: string;
  },
): Promise<void> {
  const { type, ctx, request, message } = options;
  const { repoUrl, folder, description, token } = request;
  await runOfficialAction(action, ctx, {
    repoUrl,
    sourcePath: folder.slice(ctx.workspacePath.length + 1),
    defaultBranch: mainBranch,
    ...(token && { token }),
    ...type.publishInput({ description, message }),
  });
}

/** The official actions make a repository, and cannot fill one that is there: this is their second half. */
async function push(options: {
  services: HostServices;
  ctx: RepositoryContext;
  request: RepositoryRequest;
  urls: RepositoryUrls;
  credential: HostCredential;
  message: string;
}): Promise<void> {
  const { services, ctx, request, credential, message } = options;
  const { remoteUrl } = options.urls;
  ctx.logger.info(`${remoteUrl} is there, empty, from an earlier try`);
  await initRepoAndPush({
    dir: request.folder,
    remoteUrl,
    auth: credential.git,
    logger: ctx.logger,
    defaultBranch: mainBranch,
    commitMessage: message,
    gitAuthorInfo: toAuthor(services),
  });
}
