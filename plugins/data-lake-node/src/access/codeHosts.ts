import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { CodeHost, codeHostTypes } from '@data-lake/plugin-data-lake-common';
import {
  readRepositoriesConfig,
  RepositoriesConfig,
} from './repositoriesConfig';

/**
 * Lists the hosts that may take the repository of a new data lake: those of `dataLake.repositories.hosts`,
 * or every integration that has a credential, without which nothing could be read there.
 *
 * @throws InputError for a host of a type that cannot take one
 * @public
 */
export function listCodeHosts(config: RootConfigService): CodeHost[] {
  const integrations = ScmIntegrations.fromConfig(config);
  const { hosts } = readRepositoriesConfig(config);
  const chosen: HostChoice[] =
    hosts ??
    listWithCredential(integrations).map(host => ({
      host,
      owners: [],
      projects: [],
    }));
  return chosen.map(({ host, title = host, owners, projects, userToken }) => {
    const type = findType(integrations, host);
    const provider = signIn[type];
    const asksForToken =
      provider !== undefined && (userToken ?? canSignIn(config, provider));
    return { host, title, type, owners, projects, asksForToken };
  });
}

type HostChoice = NonNullable<RepositoriesConfig['hosts']>[number];

/** The providers whose tokens these hosts take; Gitea's action takes the integration's alone. */
const signIn: Partial<Record<CodeHost['type'], string>> = {
  azure: 'microsoft',
  bitbucketCloud: 'bitbucket',
  github: 'github',
  gitlab: 'gitlab',
};

const canSignIn = (config: RootConfigService, provider: string) =>
  config.has(`auth.providers.${provider}`) ||
  config.getOptionalBoolean('scaffolder.requireScmUserCredentials') === true;

function findType(
  integrations: ScmIntegrations,
  host: string,
): CodeHost['type'] {
  const found = integrations.byHost(host)?.type;
  if (found === undefined) return 'other';
  const type = codeHostTypes.find(each => each === found);
  if (type) return type;
  throw new InputError(
    `Configuration dataLake.repositories.hosts names ${host}, whose integration is of type ${found}: only ${codeHostTypes.join(
      ', ',
    )} can take a repository`,
  );
}

/** Backstage adds integrations of the public hosts by itself: without a credential, nobody configured them. */
function listWithCredential(integrations: ScmIntegrations): string[] {
  const { azure, bitbucketCloud, gitea, github, gitlab } = integrations;
  return [
    ...github
      .list()
      .filter(({ config }) => config.token || config.apps?.length),
    ...gitlab.list().filter(({ config }) => config.token),
    ...bitbucketCloud
      .list()
      .filter(
        ({ config }) => config.token || config.appPassword || config.clientId,
      ),
    ...azure.list().filter(({ config }) => config.credentials?.length),
    ...gitea.list().filter(({ config }) => config.password),
  ].map(({ config }) => config.host);
}
