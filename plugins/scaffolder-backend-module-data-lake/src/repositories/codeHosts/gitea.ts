import { ConfigReader } from '@backstage/config';
import { getGiteaRequestOptions } from '@backstage/integration';
import * as z from 'zod';
import { RepositoryLocation, requirePart } from '../location';
import { refuseWithoutCredential } from './credentials';
import {
  CodeHostServices,
  CodeHostType,
  mainBranch,
  PushedChange,
} from './CodeHostType';
import { HostApi, HostError } from './HostApi';
import { loadModule } from './officialAction';

const modulePackage = '@backstage/plugin-scaffolder-backend-module-gitea';

/** Gitea, which takes the integration's account only: its official action has no input for a token. */
export function createGitea(
  { config, integrations }: CodeHostServices,
  host: string,
): CodeHostType {
  const integration = integrations.gitea.byHost(host)!.config;
  const base = (integration.baseUrl ?? `https://${host}`).replace(/\/$/, '');
  return {
    module: modulePackage,
    tokenNeeds:
      'to be an account (username and password) that may create repositories in that organization',
    readerNeeds: 'an account that may read that organization',
    apiUrl: `${base}/api/v1`,
    toUrls: location => {
      const page = `${base}/${toPath(location)}`;
      const repoContentsUrl = `${page}/src/branch/${mainBranch}`;
      return {
        remoteUrl: `${page}.git`,
        repoContentsUrl,
        catalogInfoUrl: `${repoContentsUrl}/catalog-info.yaml`,
      };
    },
    toLocation: ({ href }) => {
      const [owner, repo] = href.slice(base.length + 1).split('/');
      return { host, owner, repo };
    },
    async authorize() {
      const { username, password } = integration;
      if (!username || !password) return refuseWithoutCredential(host, 'gitea');
      return {
        isPersons: false,
        git: { username, password },
        headers: { ...getGiteaRequestOptions(integration).headers },
      };
    },
    loadPublishAction() {
      const { createPublishGiteaAction } =
        loadModule<
          typeof import('@backstage/plugin-scaffolder-backend-module-gitea')
        >(modulePackage);
      return createPublishGiteaAction({
        config: withoutMessage(config),
        integrations,
      });
    },
    publishInput: ({ description, message }) => ({
      description,
      // the default is public
      repoVisibility: 'private',
      gitCommitMessage: message,
    }),
    findChange,
    openChange,
    protect,
  };
}

/** The official action prefers a configured message to its input, and would lose the stamp in ours. */
const withoutMessage = (config: CodeHostServices['config']) =>
  new ConfigReader({
    scaffolder: {
      ...config.getOptional<object>('scaffolder'),
      defaultCommitMessage: undefined,
    },
  });

const toPath = (location: RepositoryLocation) =>
  `${requirePart(location, 'owner')}/${location.repo}`;

const Pull = z.object({
  html_url: z.string(),
  head: z.object({ ref: z.string() }).optional(),
});

/** @see https://docs.gitea.com/api/ */
async function findChange(
  api: HostApi,
  location: RepositoryLocation,
  branch: string,
) {
  const pulls = await api.call('GET', `/repos/${toPath(location)}/pulls`, {
    query: { state: 'open', limit: '50' },
    answer: z.array(Pull),
  });
  return pulls.find(({ head }) => head?.ref === branch)?.html_url;
}

async function openChange(
  api: HostApi,
  location: RepositoryLocation,
  change: PushedChange,
) {
  const { branch, target, title, description } = change;
  const pull = await api.call('POST', `/repos/${toPath(location)}/pulls`, {
    body: { head: branch, base: target, title, body: description },
    answer: Pull,
  });
  return pull.html_url;
}

async function protect(api: HostApi, location: RepositoryLocation) {
  const path = `/repos/${toPath(location)}/branch_protections`;
  const answer = z.unknown();
  try {
    await api.call('GET', `${path}/${mainBranch}`, { answer });
  } catch (error) {
    if (!(error instanceof HostError && error.status === 404)) throw error;
    await api.call('POST', path, {
      body: {
        rule_name: mainBranch,
        enable_push: false,
        required_approvals: 1,
      },
      answer,
    });
  }
}
