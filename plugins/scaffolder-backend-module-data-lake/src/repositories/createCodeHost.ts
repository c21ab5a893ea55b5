import { CodeHostType } from './codeHosts/CodeHostType';
import { describeTokens } from './describeTokens';
import { HostServices } from './HostServices';
import { parseLocation } from './location';
import { publishRepository } from './publishRepository';
import { registerRepository } from './registerRepository';
import { RepositoryHost } from './RepositoryHost';
import { requestChange } from './requestChange';
import { toApi } from './toApi';

/** Makes the host of an integration, whose steps are the same for all types. */
export function createCodeHost(
  services: HostServices,
  host: string,
  type: CodeHostType,
): RepositoryHost {
  const { integrations } = services;
  return {
    takes: url =>
      url.includes('://')
        ? integrations.byUrl(url) === integrations.byHost(host)
        : parseLocation(url).host === host,
    publish: (ctx, request) =>
      publishRepository({ services, type, ctx, request }),
    register: (ctx, request) =>
      registerRepository({ services, type, ctx, request }),
    async protect(ctx, { repoUrl, token }) {
      const location = parseLocation(repoUrl);
      const credential = await type.authorize(location, token);
      await describeTokens(
        {
          type,
          host,
          isPersons: credential.isPersons,
          what: 'protect the main branch',
        },
        () => type.protect(toApi(type, credential, ctx), location),
      );
    },
    requestChange: (ctx, request) =>
      requestChange({ services, type, ctx, request }),
  };
}
