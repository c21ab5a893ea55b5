import { createApiRef } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Account,
  DeletionPreview,
  DeletionRequest,
  DeploymentPreview,
  MwaaEnvironment,
  Pipeline,
  RunRequest,
} from '@data-lake/plugin-data-lake-common';

/**
 * What the pages ask of the `data-lake` backend. Every call rejects with a `ResponseError` where
 * the backend refuses, and with the schema's own error where its answer is not understood.
 *
 * @public
 */
export interface DataLakeApi {
  /** The pipeline of an entity as last observed; makes no AWS call. */
  getPipeline(entityRef: string): Promise<Pipeline>;
  /** Asks for a fresh observation of one environment; many askers share one. */
  refresh(environment: EnvironmentOf): Promise<void>;
  /** Starts a run. The same `runId` twice starts one run. */
  startRun(environment: EnvironmentOf, run: RunRequest): Promise<string>;
  /** What deploying the repository's main branch would do. Takes some seconds: CloudFormation is asked. */
  previewDeployment(environment: EnvironmentOf): Promise<DeploymentPreview>;
  /** What tearing the environment down would remove, and what would stay. */
  previewDeletion(
    environment: EnvironmentOf,
    request?: DeletionRequest,
  ): Promise<DeletionPreview>;
  /** Starts a task of the scaffolder, with the caller's own rights. Gives its id. */
  startTask(task: TaskRequest): Promise<string>;
  /** Accounts where an owner's projects may live. */
  listAccounts(options: { owner?: string }): Promise<Account[]>;
  /** MWAA environments of one account and region. */
  listMwaaEnvironments(place: {
    account: string;
    region: string;
  }): Promise<MwaaEnvironment[]>;
}

/** A template and the answers to its form. @public */
export interface TaskRequest {
  templateRef: string;
  values: JsonObject;
}

/** One environment of an entity. @public */
export interface EnvironmentOf {
  entityRef: string;
  environment: string;
}

/** @public */
export const dataLakeApiRef = createApiRef<DataLakeApi>().with({
  id: 'plugin.data-lake',
  pluginId: 'data-lake',
});
