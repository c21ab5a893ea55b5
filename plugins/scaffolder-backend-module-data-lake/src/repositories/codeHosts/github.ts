import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { DefaultGithubCredentialsProvider } from '@backstage/integration';
import fs from 'fs-extra';
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

const modulePackage = '@backstage/plugin-scaffolder-backend-module-github';

/** GitHub, also Enterprise. */
export function createGithub(
  services: CodeHostServices,
  host: string,
): CodeHostType {
  const { config, integrations } = services;
  const integration = integrations.github.byHost(host)!.config;
  const githubCredentialsProvider =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  return {
    module: modulePackage,
    tokenNeeds:
      'the scopes repo and workflow (a token of a GitHub App or a fine-grained one: Administration, Contents, Pull requests and Workflows: write), and the right to create repositories for that owner',
    readerNeeds:
      'the scope repo (a GitHub App: Contents: read, installed on this repository)',
    apiUrl: integration.apiBaseUrl ?? `https://api.${host}`,
    toUrls: location => {
      const page = `https://${host}/${toPath(location)}`;
      const repoContentsUrl = `${page}/blob/${mainBranch}`;
      return {
        remoteUrl: `${page}.git`,
        repoContentsUrl,
        catalogInfoUrl: `${repoContentsUrl}/catalog-info.yaml`,
      };
    },
    toLocation: ({ pathname }) => {
      const [, owner, repo] = pathname.split('/');
      return { host, owner, repo };
    },
    async authorize(location, token) {
      if (token) return toCredential(token, true);
      assertMayUseIntegration(services, host);
      const { token: own } = await githubCredentialsProvider.getCredentials({
        url: `https://${host}/${toPath(location)}`,
      });
      return own
        ? toCredential(own, false)
        : refuseWithoutCredential(host, 'github');
    },
    loadPublishAction() {
      const { createPublishGithubAction } =
        loadModule<
          typeof import('@backstage/plugin-scaffolder-backend-module-github')
        >(modulePackage);
      const options = { config, integrations, githubCredentialsProvider };
      return createPublishGithubAction(options);
    },
    publishInput: ({ description, message }) => ({
      description,
      gitCommitMessage: message,
      // a step of its own, which may fail without losing the repository
      protectDefaultBranch: false,
    }),
    assertToken,
    findChange,
    openChange,
    protect,
  };
}

const toPath = (location: RepositoryLocation) =>
  `${requirePart(location, 'owner')}/${location.repo}`;

const toCredential = (token: string, isPersons: boolean) => ({
  isPersons,
  git: { username: 'x-access-token', password: token },
  headers: {
    Authorization: `Bearer ${token}`,
    Accept: 'application/vnd.github+json',
  },
});

/**
 * GitHub names the scopes of classic and OAuth tokens in each answer; of others it says nothing.
 *
 * @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
 */
async function assertToken(api: HostApi, folder: string): Promise<void> {
  const header = (await api.headers('/rate_limit')).get('x-oauth-scopes');
  if (header === null) return;
  const scopes = header.split(',').map(scope => scope.trim());
  const hasWorkflows = await fs.pathExists(join(folder, '.github/workflows'));
  const missing = ['repo', ...(hasWorkflows ? ['workflow'] : [])].filter(
    scope => !scopes.includes(scope),
  );
  if (missing.length === 0) return;
  throw new InputError(
    `the token lacks the scope ${missing.join(' and ')}; it has ${
      scopes.filter(Boolean).join(', ') || 'none'
    }`,
  );
}

const Pull = z.object({ html_url: z.string() });

/** @see https://docs.github.com/en/rest/pulls/pulls#list-pull-requests */
async function findChange(
  api: HostApi,
  location: RepositoryLocation,
  branch: string,
) {
  const [pull] = await api.call('GET', `/repos/${toPath(location)}/pulls`, {
    query: { state: 'open', head: `${location.owner}:${branch}` },
    answer: z.array(Pull),
  });
  return pull?.html_url;
}

/** @see https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request */
async function openChange(
  api: HostApi,
  location: RepositoryLocation,
  change: PushedChange,
) {
  const { branch, target, title, description } = change;
  const pull = await api.call('POST', `/repos/${toPath(location)}/pulls`, {
    body: { title, body: description, head: branch, base: target },
    answer: Pull,
  });
  return pull.html_url;
}

/** @see https://docs.github.com/en/rest/branches/branch-protection#update-branch-protection */
async function protect(api: HostApi, location: RepositoryLocation) {
  await api.call(
    'PUT',
    `/repos/${toPath(location)}/branches/${mainBranch}/protection`,
    {
      body: {
        required_pull_request_reviews: { required_approving_review_count: 1 },
        required_status_checks: null,
        enforce_admins: false,
        restrictions: null,
      },
      answer: z.unknown(),
    },
  );
}
