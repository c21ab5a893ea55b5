import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';

/** The part of a step's context that a host of repositories works with. @public */
export type RepositoryContext = Pick<
  ActionContext<any>,
  | 'checkpoint'
  | 'createTemporaryDirectory'
  | 'getInitiatorCredentials'
  | 'logger'
  | 'output'
  | 'signal'
  | 'task'
  | 'workspacePath'
>;

/** The addresses of a repository. @public */
export interface RepositoryUrls {
  /** What Git clones. */
  remoteUrl: string;
  /** Page of its main branch; absent if the host has no pages. */
  repoContentsUrl?: string;
  /** Its catalog-info.yaml, as the catalog reads it; absent if the host adds its entities to the catalog by itself. */
  catalogInfoUrl?: string;
}

/** What becomes a new repository. @public */
export interface RepositoryRequest {
  /** As of `RepoUrlPicker`, such as `github.com?owner=acme&repo=lake`. */
  repoUrl: string;
  /** Absolute folder of its files. */
  folder: string;
  description: string;
  /** Message of the first commit. */
  message: string;
  /** The person's own token; absent: Backstage's credential of the host. */
  token?: string;
}

/** Files that change in a repository. @public */
export interface ChangeRequest {
  /** URL of the repository's source, as the catalog knows it. */
  sourceUrl: string;
  /** Absolute folder with the changed files only. */
  folder: string;
  /** Branch of the change. */
  branch: string;
  title: string;
  description: string;
  /** The person's own token; absent: Backstage's credential of the host. */
  token?: string;
  /** The entity of the repository, and the annotation that the change adds to it. */
  entityRef: string;
  annotation?: string;
}

/** A host that can have repositories of data lakes. @public */
export interface RepositoryHost {
  /** Whether a `repoUrl`, or the URL of a source, is of this host. */
  takes(url: string): boolean;
  /**
   * Publishes a folder as a new repository with a main branch. Called again by the same task, it continues.
   *
   * @throws ConflictError if the repository exists and is not of this task
   */
  publish(
    ctx: RepositoryContext,
    request: RepositoryRequest,
  ): Promise<RepositoryUrls>;
  /** Has the catalog read the repository, and waits for its entity. Called again, it changes nothing. */
  register(
    ctx: RepositoryContext,
    request: { repoUrl: string; entityRef: string },
  ): Promise<void>;
  /**
   * Has the main branch demand what the configuration says.
   *
   * @throws Error with the reason why it cannot
   */
  protect(
    ctx: RepositoryContext,
    request: { repoUrl: string; token?: string },
  ): Promise<void>;
  /**
   * Opens a change request, or finds the one that is open for the branch.
   *
   * @returns its URL; absent if the host has none and the change is on the main branch, or if nothing changes
   */
  requestChange(
    ctx: RepositoryContext,
    request: ChangeRequest,
  ): Promise<string | undefined>;
}

/** @public */
export interface RepositoryHostsExtensionPoint {
  /** Adds a host beside those of Backstage's integrations. */
  addHost(host: RepositoryHost): void;
}

/**
 * Takes hosts of repositories that have no integration, or none whose official actions publish. Their hosts
 * must be in `dataLake.repositories.hosts` too.
 *
 * @public
 */
export const repositoryHostsExtensionPoint =
  createExtensionPoint<RepositoryHostsExtensionPoint>({
    id: 'scaffolder.data-lake-repository-hosts',
  });
