import { InputError } from '@backstage/errors';
import { CodeHost } from '@data-lake/plugin-data-lake-common';
import { RepositoriesConfig } from '@data-lake/plugin-data-lake-node';
import { parseLocation } from './location';
import { RepositoryHost } from './RepositoryHost';

/** The hosts of an installation, by the URLs of their repositories. */
export class RepositoryHosts {
  constructor(
    private readonly options: {
      /** Those that the configuration allows for new repositories. */
      allowed: CodeHost[];
      /** Those that can do it. */
      hosts: RepositoryHost[];
      settings: RepositoriesConfig;
    },
  ) {}

  /** How new repositories are set up. */
  get settings(): RepositoriesConfig {
    return this.options.settings;
  }

  /**
   * Finds the host for a new repository.
   *
   * @throws InputError if the configuration allows no repository there
   */
  forNew(repoUrl: string): RepositoryHost {
    const location = parseLocation(repoUrl);
    const { allowed } = this.options;
    const choice = allowed.find(({ host }) => host === location.host);
    if (!choice) {
      throw new InputError(
        `No data lake may have its repository at ${location.host}. ${
          allowed.length === 0
            ? 'No host has a credential: configure one in integrations'
            : `Choose one of ${allowed.map(({ host }) => host).join(', ')}`
        }; see dataLake.repositories.hosts in the configuration`,
      );
    }
    const owner =
      location.workspace ?? location.organization ?? location.owner ?? '';
    assertAmong(choice.owners, owner, `owner at ${choice.host}`);
    const { project = '' } = location;
    assertAmong(choice.projects, project, `project at ${choice.host}`);
    return this.of(repoUrl);
  }

  /**
   * Finds the host of a repository that exists, by a `repoUrl` or the URL of its source.
   *
   * @throws InputError if there is none
   */
  of(url: string): RepositoryHost {
    const host = this.options.hosts.find(each => each.takes(url));
    if (host) return host;
    throw new InputError(
      `${url} is at no host whose repositories this Backstage can change: it needs an integration of GitHub, GitLab, Bitbucket Cloud, Azure DevOps or Gitea`,
    );
  }
}

function assertAmong(allowed: string[], name: string, what: string): void {
  const isAllowed = allowed.some(
    each => each.toLowerCase() === name.toLowerCase(),
  );
  if (allowed.length === 0 || isAllowed) return;
  throw new InputError(
    `${name || 'None'} may not be the ${what}: choose one of ${allowed.join(
      ', ',
    )}; see dataLake.repositories.hosts in the configuration`,
  );
}
