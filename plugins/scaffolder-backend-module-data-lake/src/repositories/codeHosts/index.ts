import { ScmIntegrationRegistry } from '@backstage/integration';
import { codeHostTypes } from '@data-lake/plugin-data-lake-common';
import { createAzure } from './azure';
import { createBitbucketCloud } from './bitbucketCloud';
import { CodeHostServices, CodeHostType } from './CodeHostType';
import { createGitea } from './gitea';
import { createGithub } from './github';
import { createGitlab } from './gitlab';

const creators = {
  azure: createAzure,
  bitbucketCloud: createBitbucketCloud,
  gitea: createGitea,
  github: createGithub,
  gitlab: createGitlab,
} satisfies Record<(typeof codeHostTypes)[number], Creator>;

type Creator = (services: CodeHostServices, host: string) => CodeHostType;

/** The hosts of all integrations whose type can have repositories of data lakes. */
export function listCodeHostTypes(
  services: CodeHostServices,
): { host: string; type: CodeHostType }[] {
  return codeHostTypes.flatMap(type =>
    listHosts(services.integrations, type).map(host => ({
      host,
      type: creators[type](services, host),
    })),
  );
}

const listHosts = (
  integrations: ScmIntegrationRegistry,
  type: keyof typeof creators,
) => integrations[type].list().map(({ config }) => config.host as string);
