import {
  BackstageCredentials,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  AccountAccess,
  Accounts,
  AwsClientFactory,
  AwsDeployConfig,
} from '@data-lake/aws';
import { toTemplateRules } from '@data-lake/cloudformation';
import {
  DeletionPreview,
  DeletionRequest,
  DeploymentPreview,
  environmentKey,
  ObservedEnvironment,
} from '@data-lake/plugin-data-lake-common';
import {
  authorizeEnvironment,
  authorizeProject,
  EnvironmentAuthority,
  fetchRepository,
  previewEnvironmentDeletion,
  previewProject,
  ProjectFiles,
  readProjectFiles,
  readRemovable,
  Repository,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getEnvironment, noOwner } from '../observe/environments';
import { toDeploymentPreview } from './toDeploymentPreview';

/** A page waits for the answer, behind proxies that do not wait for ever. */
const timeoutMs = 4 * 60_000;

/**
 * Previews deployments and deletions; whether the caller may is decided before. A task of the scaffolder
 * applies them: it outlives the request, and a restart.
 */
export class PreviewService {
  constructor(
    private readonly options: {
      accounts: Accounts;
      access: AccountAccess;
      clients: AwsClientFactory;
      reader: UrlReaderService;
      settings: AwsDeployConfig;
      logger: LoggerService;
    },
  ) {}

  private readonly running = new Map<string, Promise<unknown>>();

  /**
   * Previews the deployment of the repository's main branch.
   *
   * @throws InputError, ConflictError, NotAllowedError if a deployment would be refused
   */
  async previewDeployment(
    entity: Entity,
    name: string,
    user: BackstageCredentials,
  ): Promise<DeploymentPreview> {
    const { accounts, reader } = this.options;
    const environment = getEnvironment(entity, name, accounts);
    await this.authorize(environment, user);
    return this.share('deploy', environment, signal =>
      withFolder(async folder => {
        const repository = await fetchRepository({
          entity,
          reader,
          folder,
          signal,
        });
        const files = await this.readFiles(repository, { environment, folder });
        const preview = await this.previewFiles(files, {
          environment,
          user,
          signal,
        });
        return toDeploymentPreview({ repository, files, preview });
      }),
    );
  }

  /**
   * Previews the deletion of an environment.
   *
   * @param options - `request.removeData`: whether the data goes too, which the repository must allow
   * @throws InputError if it does not
   */
  async previewDeletion(
    entity: Entity,
    name: string,
    options: { user: BackstageCredentials; request: DeletionRequest },
  ): Promise<DeletionPreview> {
    const { user, request } = options;
    const { removeData } = request;
    const { accounts, clients, reader, logger } = this.options;
    const environment = getEnvironment(entity, name, accounts);
    const authority = await this.authorize(environment, user);
    const act = removeData ? 'delete with data' : 'delete';
    return this.share(act, environment, async signal =>
      previewEnvironmentDeletion({
        ...authority,
        clients: clients.forTarget(environment),
        environment,
        entityRef: environment.entityRef,
        removable:
          removeData &&
          (await readRemovable({ entity, environment: name, reader, signal })),
        removeData,
        log: line => logger.debug(line),
        signal,
      }),
    );
  }

  /** Each caller is checked, also one who joins a preview that runs. @throws NotAllowedError */
  private authorize(
    environment: ObservedEnvironment,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentAuthority> {
    const { access, clients } = this.options;
    const { owner = noOwner, stacks } = environment;
    return authorizeEnvironment(access, {
      credentials,
      clients: clients.forTarget(environment),
      owner,
      stackNames: stacks.map(stack => stack.name),
    });
  }

  /** @throws InputError, NotAllowedError */
  private readFiles(
    { project }: Repository,
    options: { environment: ObservedEnvironment; folder: string },
  ): Promise<ProjectFiles> {
    const { settings } = this.options;
    const { environment, folder } = options;
    const { account } = toProjectDeploymentSpec(project, environment.name);
    return readProjectFiles({
      project,
      environment: environment.name,
      source: folder,
      rules: toTemplateRules(settings, account),
    });
  }

  private async previewFiles(
    files: ProjectFiles,
    options: {
      environment: ObservedEnvironment;
      user: BackstageCredentials;
      signal: AbortSignal;
    },
  ) {
    const { access, accounts, logger } = this.options;
    const { account, region } = files.deployment;
    const { environment, user, signal } = options;
    const clients = this.options.clients.forTarget({ account, region });
    const authority = await authorizeProject(access, {
      credentials: user,
      clients,
      owner: environment.owner ?? noOwner,
      files,
      signal,
    });
    return previewProject({
      ...authority,
      clients,
      files,
      // The same after a restart, so that a change set left behind is found and removed.
      identity: `preview of ${environment.entityRef} ${environment.name}`,
      roleArn: accounts.findServiceRole(account),
      templateBucket: accounts.findTemplateBucket(account),
      log: line => logger.debug(line),
      signal,
    });
  }

  /** Callers who request the same preview at the same time share it: two change sets would conflict. */
  private share<T>(
    act: string,
    environment: ObservedEnvironment,
    preview: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const key = `${act} ${environmentKey(environment)}`;
    const existing = this.running.get(key) as Promise<T> | undefined;
    if (existing) return existing;
    const started = preview(AbortSignal.timeout(timeoutMs)).finally(() =>
      this.running.delete(key),
    );
    this.running.set(key, started);
    return started;
  }
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'data-lake-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
