import {
  BitbucketCloudIntegrationConfig,
  getBitbucketCloudOAuthToken,
  getBitbucketCloudRequestOptions,
} from '@backstage/integration';
import * as z from 'zod';
import { RepositoryLocation, requirePart } from '../location';
import {
  assertMayUseIntegration,
  refuseWithoutCredential,
} from './credentials';
import {
  CodeHostServices,
  CodeHostType,
  mainBranch,
  PushedChange,
} from './CodeHostType';
import { HostApi } from './HostApi';
import { loadModule } from './officialAction';

const modulePackage =
  '@backstage/plugin-scaffolder-backend-module-bitbucket-cloud';

/** Bitbucket Cloud. */
export function createBitbucketCloud(
  services: CodeHostServices,
  host: string,
): CodeHostType {
  const { config, integrations } = services;
  const integration = integrations.bitbucketCloud.byHost(host)!.config;
  return {
    module: modulePackage,
    tokenNeeds:
      'the scopes repository:write, repository:admin and pullrequest:write, and the right to create repositories in that project',
    readerNeeds: 'the scope repository, and access to that workspace',
    apiUrl: integration.apiBaseUrl,
    toUrls: location => {
      requirePart(location, 'project');
      const page = `https://${host}/${toPath(location)}`;
      const repoContentsUrl = `${page}/src/${mainBranch}`;
      return {
        remoteUrl: `${page}.git`,
        repoContentsUrl,
        catalogInfoUrl: `${repoContentsUrl}/catalog-info.yaml`,
      };
    },
    // a URL does not tell the project, which only a new repository needs
    toLocation: ({ pathname }) => {
      const [, workspace, repo] = pathname.split('/');
      return { host, workspace, repo, project: '-' };
    },
    async authorize(_, token) {
      if (!token) assertMayUseIntegration(services, host);
      const own = token ? { ...none, token } : integration;
      const git = await toGit(own);
      if (!git) return refuseWithoutCredential(host, 'bitbucketCloud');
      return {
        isPersons: token !== undefined,
        git,
        headers: (await getBitbucketCloudRequestOptions(own)).headers,
      };
    },
    loadPublishAction() {
      const { createPublishBitbucketCloudAction } =
        loadModule<
          typeof import('@backstage/plugin-scaffolder-backend-module-bitbucket-cloud')
        >(modulePackage);
      return createPublishBitbucketCloudAction({ config, integrations });
    },
    publishInput: ({ description, message }) => ({
      description,
      gitCommitMessage: message,
    }),
    findChange,
    openChange,
    protect,
  };
}

const none = { host: '', apiBaseUrl: '' };

const toPath = (location: RepositoryLocation) =>
  `${requirePart(location, 'workspace')}/${location.repo}`;

/** @see https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/ */
async function toGit(config: BitbucketCloudIntegrationConfig) {
  const { clientId, clientSecret, username, token, appPassword } = config;
  if (clientId && clientSecret) {
    const password = await getBitbucketCloudOAuthToken(clientId, clientSecret);
    return { username: 'x-token-auth', password };
  }
  if (token) {
    const name = username ? 'x-bitbucket-api-token-auth' : 'x-token-auth';
    return { username: name, password: token };
  }
  return username && appPassword
    ? { username, password: appPassword }
    : undefined;
}

const PullRequest = z.object({
  links: z.object({ html: z.object({ href: z.string() }) }),
});

const toRequests = (location: RepositoryLocation) =>
  `/repositories/${toPath(location)}/pullrequests`;

/** @see https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */
async function findChange(
  api: HostApi,
  location: RepositoryLocation,
  branch: string,
) {
  const { values } = await api.call('GET', toRequests(location), {
    query: { q: `source.branch.name = "${branch}" AND state = "OPEN"` },
    answer: z.object({ values: z.array(PullRequest) }),
  });
  return values[0]?.links.html.href;
}

async function openChange(
  api: HostApi,
  location: RepositoryLocation,
  change: PushedChange,
) {
  const { branch, target, title, description } = change;
  const opened = await api.call('POST', toRequests(location), {
    body: {
      title,
      description,
      source: { branch: { name: branch } },
      destination: { branch: { name: target } },
    },
    answer: PullRequest,
  });
  return opened.links.html.href;
}

/** @see https://developer.atlassian.com/cloud/bitbucket/rest/api-group-branch-restrictions/ */
async function protect(api: HostApi, location: RepositoryLocation) {
  const path = `/repositories/${toPath(location)}/branch-restrictions`;
  const rule = { branch_match_kind: 'glob', pattern: mainBranch };
  const { values } = await api.call('GET', path, {
    query: { pattern: mainBranch },
    answer: z.object({ values: z.array(z.object({ kind: z.string() })) }),
  });
  const wanted = [
    { kind: 'push', users: [], groups: [] },
    { kind: 'force' },
    { kind: 'delete' },
    { kind: 'require_approvals_to_merge', value: 1 },
  ];
  const missing = wanted.filter(
    ({ kind }) => !values.some(value => value.kind === kind),
  );
  for (const each of missing) {
    await api.call('POST', path, {
      body: { ...rule, ...each },
      answer: z.unknown(),
    });
  }
}
