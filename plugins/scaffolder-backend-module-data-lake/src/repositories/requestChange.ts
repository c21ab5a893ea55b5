import { CodeHostType } from './codeHosts/CodeHostType';
import { describeTokens } from './describeTokens';
import { pushChange } from './git/pushChange';
import { HostServices, toAuthor } from './HostServices';
import { ChangeRequest, RepositoryContext } from './RepositoryHost';
import { toApi } from './toApi';

/**
 * Pushes files on a branch, and opens a change request for it; the one of an earlier try is found, with its
 * branch brought up to date.
 *
 * @returns the URL of the change request; absent if the default branch has these files already
 */
export async function requestChange(options: {
  services: HostServices;
  type: CodeHostType;
  ctx: RepositoryContext;
  request: ChangeRequest;
}): Promise<string | undefined> {
  const { services, type, ctx, request } = options;
  const { branch, title, description, token } = request;
  const location = type.toLocation(new URL(request.sourceUrl));
  const { remoteUrl } = type.toUrls(location);
  const credential = await type.authorize(location, token);
  const { host } = location;
  const attempt = { type, host, isPersons: credential.isPersons };
  return describeTokens(
    { ...attempt, what: `open a change request in ${remoteUrl}` },
    async () => {
      const { target, isChanged } = await pushChange(
        { url: remoteUrl, auth: credential.git },
        {
          clone: await ctx.createTemporaryDirectory(),
          folder: request.folder,
          branch,
          message: title,
          author: toAuthor(services),
        },
      );
      if (!isChanged) {
        ctx.logger.info(`${remoteUrl} has these files already on ${target}`);
        return undefined;
      }
      const api = toApi(type, credential, ctx);
      const open = await type.findChange(api, location, branch);
      if (open) ctx.logger.info(`${open} is open already, and up to date`);
      const change = { branch, target, title, description };
      return open ?? (await type.openChange(api, location, change));
    },
  );
}
