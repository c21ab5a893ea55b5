import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  DeletionPreview,
  DeletionRequest,
  DeploymentPreview,
} from '@data-lake/plugin-data-lake-common';
import {
  Accounts,
  AwsClientFactory,
  DataLakeConfig,
  deleteEnvironment,
  fetchRepository,
  previewProject,
  ProjectFiles,
  ProjectPreview,
  readProjectFiles,
  readRemovable,
  Repository,
  templateRules,
  toDeployment,
} from '@data-lake/plugin-data-lake-node';
import { findTarget, Target } from './targets';

/**
 * Tells what a deployment or a tear-down would do, once it is decided that the caller may. What is then
 * done, a task of the scaffolder does: it outlives the request, and a restart.
 */
export class DeploymentService {
  constructor(
    private readonly options: {
      accounts: Accounts;
      clients: AwsClientFactory;
      reader: UrlReaderService;
      settings: DataLakeConfig;
      logger: LoggerService;
    },
  ) {}

  /**
   * What deploying the repository's main branch would do.
   *
   * @throws InputError, ConflictError, NotAllowedError where a deployment would be refused
   */
  previewDeployment(
    entity: Entity,
    environment: string,
  ): Promise<DeploymentPreview> {
    const { accounts, clients, reader, settings, logger } = this.options;
    const target = findTarget(entity, environment, accounts);
    return this.once(['deploy', target], async signal => {
      const folder = await mkdtemp(join(tmpdir(), 'data-lake-'));
      try {
        const read = { entity, reader, folder, signal };
        const repository = await fetchRepository(read);
        const { project } = repository;
        const { account, region } = toDeployment(project, environment);
        const files = await readProjectFiles({
          project,
          environment,
          source: folder,
          rules: templateRules(settings, account),
        });
        for (const { stackName } of files.stacks) {
          const owner = target.owner ?? 'nobody';
          accounts.assertAllowed({ account, region, owner, stackName });
        }
        const preview = await previewProject({
          clients: clients.forTarget({ account, region }),
          files,
          // the same after a restart, so that what it left is found and removed
          identity: `preview of ${stringifyEntityRef(entity)} ${environment}`,
          roleArn: accounts.findServiceRole(account),
          templateBucket: accounts.findTemplateBucket(account),
          log: line => logger.debug(line),
          signal,
        });
        return toDeploymentPreview({ repository, files, preview });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }

  /**
   * What tearing down would remove, and what would stay.
   *
   * @param request - `removeData`: as if the data went too, which the repository must allow
   * @throws InputError where it does not
   */
  previewDeletion(
    entity: Entity,
    environment: string,
    { removeData }: DeletionRequest,
  ): Promise<DeletionPreview> {
    const { accounts, clients, reader, logger } = this.options;
    const target = findTarget(entity, environment, accounts);
    const what = removeData ? 'delete with data' : 'delete';
    return this.once([what, target], async signal =>
      deleteEnvironment({
        clients: clients.forTarget(target.environment),
        environment: target.environment,
        entityRef: stringifyEntityRef(entity),
        removable:
          removeData &&
          (await readRemovable({ entity, environment, reader, signal })),
        removeData,
        log: line => logger.debug(line),
        signal,
      }),
    );
  }

  private readonly underWay = new Map<string, Promise<unknown>>();

  /** Whoever asks the same meanwhile gets the same answer: two change sets would be in each other's way. */
  private once<T>(
    [what, { entityRef, environment }]: [string, Target],
    ask: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const key = JSON.stringify([what, entityRef, environment]);
    const asked = this.underWay.get(key) as Promise<T> | undefined;
    if (asked) return asked;
    const answer = ask(AbortSignal.timeout(boundMs)).finally(() =>
      this.underWay.delete(key),
    );
    this.underWay.set(key, answer);
    return answer;
  }
}

function toDeploymentPreview(options: {
  repository: Repository;
  files: ProjectFiles;
  preview: ProjectPreview;
}): DeploymentPreview {
  const { repository, files, preview } = options;
  const { environment, account, region, mwaaBucket } = files.deployment;
  const toUpload = (
    bucket: string | undefined,
    {
      prefix,
      uploads,
      deletes,
      deletesMany,
      unchanged,
    }: ProjectPreview['dags'],
  ) => ({
    place: bucket ? `s3://${bucket}/${prefix}` : prefix,
    uploaded: uploads,
    deleted: deletes,
    deletesMany,
    unchanged,
  });
  return {
    environment,
    account,
    region,
    commit: repository.commit,
    stacks: files.stacks.map(({ name, stackName }) => ({
      ...preview.stacks[name],
      name,
      stackName,
    })),
    uploads: [
      toUpload(files.deployment.codeBucket, preview.release),
      toUpload(mwaaBucket, preview.dags),
    ],
  };
}

/** A page waits for it, behind proxies that do not wait for ever. */
const boundMs = 4 * 60_000;
