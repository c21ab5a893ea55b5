import { getGitLabRequestOptions } from '@backstage/integration';
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
import { HostApi, HostError } from './HostApi';
import { loadModule } from './officialAction';

const modulePackage = '@backstage/plugin-scaffolder-backend-module-gitlab';

/** GitLab, also self-hosted, also below a path. */
export function createGitlab(
  services: CodeHostServices,
  host: string,
): CodeHostType {
  const { config, integrations } = services;
  const integration = integrations.gitlab.byHost(host)!.config;
  const base = integration.baseUrl.replace(/\/$/, '');
  return {
    module: modulePackage,
    tokenNeeds:
      'the scope api, and a role in that group that may create projects',
    readerNeeds:
      'the scopes read_api and read_repository, and membership in that group',
    apiUrl: integration.apiBaseUrl,
    toUrls: location => {
      const page = `${base}/${toPath(location)}`;
      const repoContentsUrl = `${page}/-/blob/${mainBranch}`;
      return {
        remoteUrl: `${page}.git`,
        repoContentsUrl,
        catalogInfoUrl: `${repoContentsUrl}/catalog-info.yaml`,
      };
    },
    toLocation: url => {
      const path = url.href.slice(base.length + 1).split('/-/')[0];
      const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
      const repo = parts.pop() ?? '';
      return { host, owner: parts.join('/'), repo };
    },
    async authorize(_, token) {
      if (!token) assertMayUseIntegration(services, host);
      const password = token ?? integration.token;
      if (!password) return refuseWithoutCredential(host, 'gitlab');
      return {
        isPersons: token !== undefined,
        git: { username: 'oauth2', password },
        headers: getGitLabRequestOptions(integration, token).headers,
      };
    },
    loadPublishAction() {
      const { createPublishGitlabAction } =
        loadModule<
          typeof import('@backstage/plugin-scaffolder-backend-module-gitlab')
        >(modulePackage);
      return createPublishGitlabAction({ config, integrations });
    },
    publishInput: ({ description, message }) => ({
      settings: { description },
      gitCommitMessage: message,
    }),
    findChange,
    openChange,
    protect,
  };
}

const toPath = (location: RepositoryLocation) =>
  `${requirePart(location, 'owner')}/${location.repo}`;

const toProject = (location: RepositoryLocation) =>
  `/projects/${encodeURIComponent(toPath(location))}`;

const MergeRequest = z.object({ web_url: z.string() });

/** @see https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
async function findChange(
  api: HostApi,
  location: RepositoryLocation,
  branch: string,
) {
  const [found] = await api.call(
    'GET',
    `${toProject(location)}/merge_requests`,
    {
      query: { state: 'opened', source_branch: branch },
      answer: z.array(MergeRequest),
    },
  );
  return found?.web_url;
}

/** @see https://docs.gitlab.com/api/merge_requests/#create-mr */
async function openChange(
  api: HostApi,
  location: RepositoryLocation,
  change: PushedChange,
) {
  const { branch, target, title, description } = change;
  const opened = await api.call(
    'POST',
    `${toProject(location)}/merge_requests`,
    {
      body: {
        source_branch: branch,
        target_branch: target,
        title,
        description,
      },
      answer: MergeRequest,
    },
  );
  return opened.web_url;
}

/**
 * Most installations protect the default branch by themselves, and let maintainers push: then there is nothing
 * to create, and what they decided stays.
 *
 * @see https://docs.gitlab.com/api/protected_branches/
 */
async function protect(api: HostApi, location: RepositoryLocation) {
  const path = `${toProject(location)}/protected_branches`;
  const answer = z.unknown();
  try {
    await api.call('GET', `${path}/${mainBranch}`, { answer });
  } catch (error) {
    if (!(error instanceof HostError && error.status === 404)) throw error;
    await api.call('POST', path, {
      // 0: no one, 40: maintainers
      body: { name: mainBranch, push_access_level: 0, merge_access_level: 40 },
      answer,
    });
  }
}
