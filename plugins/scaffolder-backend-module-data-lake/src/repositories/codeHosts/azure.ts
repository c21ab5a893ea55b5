import { DefaultAzureDevOpsCredentialsProvider } from '@backstage/integration';
import * as z from 'zod';
import { RepositoryLocation, requirePart } from '../location';
import {
  assertMayUseIntegration,
  refuseWithoutCredential,
  toBasic,
} from './credentials';
import {
  CodeHostServices,
  CodeHostType,
  mainBranch,
  PushedChange,
} from './CodeHostType';
import { HostApi } from './HostApi';
import { loadModule } from './officialAction';

const modulePackage = '@backstage/plugin-scaffolder-backend-module-azure';

/** Azure DevOps, also the server. */
export function createAzure(
  services: CodeHostServices,
  host: string,
): CodeHostType {
  const { config, integrations } = services;
  const credentials =
    DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
  return {
    module: modulePackage,
    tokenNeeds: 'the scope Code (read, write & manage) in that organization',
    readerNeeds: 'the scope Code (read) in that organization',
    apiUrl: `https://${host}`,
    toUrls: location => {
      const page = toRepositoryPage(location);
      return {
        remoteUrl: page,
        repoContentsUrl: page,
        catalogInfoUrl: `${page}?path=/catalog-info.yaml`,
      };
    },
    toLocation: ({ pathname }) => {
      const [, organization, project, , repo] = pathname
        .split('/')
        .map(decodeURIComponent);
      return { host, organization, project, repo };
    },
    async authorize(location, token) {
      if (token) {
        return { ...toCredential(token, toBasic('', token)), isPersons: true };
      }
      assertMayUseIntegration(services, host);
      const organization = requirePart(location, 'organization');
      const own = await credentials.getCredentials({
        url: `https://${host}/${encode(organization)}`,
      });
      return own
        ? toCredential(own.token, own.headers.Authorization)
        : refuseWithoutCredential(host, 'azure');
    },
    loadPublishAction() {
      const { createPublishAzureAction } =
        loadModule<
          typeof import('@backstage/plugin-scaffolder-backend-module-azure')
        >(modulePackage);
      return createPublishAzureAction({ config, integrations });
    },
    publishInput: ({ message }) => ({ gitCommitMessage: message }),
    findChange,
    openChange,
    protect,
  };
}

const encode = encodeURIComponent;

const toProject = (location: RepositoryLocation) =>
  [requirePart(location, 'organization'), requirePart(location, 'project')]
    .map(encode)
    .join('/');

const toRepositoryPage = (location: RepositoryLocation) =>
  `https://${location.host}/${toProject(location)}/_git/${encode(
    location.repo,
  )}`;

const toCredential = (token: string, Authorization: string) => ({
  isPersons: false,
  // any name will do
  git: { username: 'notempty', password: token },
  headers: { Authorization },
});

const version = { 'api-version': '7.1' };

const toRepository = (location: RepositoryLocation) =>
  `/${toProject(location)}/_apis/git/repositories/${encode(location.repo)}`;

const PullRequest = z.object({ pullRequestId: z.number() });

/** @see https://learn.microsoft.com/en-us/rest/api/azure/devops/git/pull-requests/get-pull-requests */
async function findChange(
  api: HostApi,
  location: RepositoryLocation,
  branch: string,
) {
  const { value } = await api.call(
    'GET',
    `${toRepository(location)}/pullrequests`,
    {
      query: {
        ...version,
        'searchCriteria.status': 'active',
        'searchCriteria.sourceRefName': `refs/heads/${branch}`,
      },
      answer: z.object({ value: z.array(PullRequest) }),
    },
  );
  return value[0] && toPage(location, value[0]);
}

/** @see https://learn.microsoft.com/en-us/rest/api/azure/devops/git/pull-requests/create */
async function openChange(
  api: HostApi,
  location: RepositoryLocation,
  change: PushedChange,
) {
  const { branch, target, title, description } = change;
  const opened = await api.call(
    'POST',
    `${toRepository(location)}/pullrequests`,
    {
      query: version,
      body: {
        sourceRefName: `refs/heads/${branch}`,
        targetRefName: `refs/heads/${target}`,
        title,
        description,
      },
      answer: PullRequest,
    },
  );
  return toPage(location, opened);
}

/** An answer has no address of the page. */
const toPage = (
  location: RepositoryLocation,
  { pullRequestId }: z.infer<typeof PullRequest>,
) => `${toRepositoryPage(location)}/pullrequest/${pullRequestId}`;

/** The policy "minimum number of reviewers", which also makes pull requests obligatory. */
const reviewers = 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd';

/** @see https://learn.microsoft.com/en-us/rest/api/azure/devops/policy/configurations/create */
async function protect(api: HostApi, location: RepositoryLocation) {
  const refName = `refs/heads/${mainBranch}`;
  const { id } = await api.call('GET', toRepository(location), {
    query: version,
    answer: z.object({ id: z.string() }),
  });
  const path = `/${toProject(location)}/_apis/policy/configurations`;
  const { value } = await api.call(
    'GET',
    `/${toProject(location)}/_apis/git/policy/configurations`,
    {
      query: { ...version, repositoryId: id, refName, policyType: reviewers },
      answer: z.object({ value: z.array(z.unknown()) }),
    },
  );
  if (value.length > 0) return;
  await api.call('POST', path, {
    query: version,
    body: {
      isEnabled: true,
      isBlocking: true,
      type: { id: reviewers },
      settings: {
        minimumApproverCount: 1,
        creatorVoteCounts: false,
        scope: [{ repositoryId: id, refName, matchKind: 'Exact' }],
      },
    },
    answer: z.unknown(),
  });
}
