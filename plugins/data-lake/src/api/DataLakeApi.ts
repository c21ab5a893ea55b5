import { createApiRef } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Account,
  CodeHost,
  DeletionPreview,
  DeletionRequest,
  DeploymentPreview,
  EnvironmentRef,
  MwaaEnvironment,
  Pipeline,
  RunRequest,
} from '@data-lake/plugin-data-lake-common';

/**
 * The requests of the pages to the `data-lake` backend. A call rejects with a `ResponseError` if the
 * backend refuses, and with an error that says what to do if the answer cannot be read.
 *
 * @public
 */
export interface DataLakeApi {
  /** Returns the pipeline of an entity as last observed, without a call to AWS. */
  getPipeline(entityRef: string): Promise<Pipeline>;
  /** Requests a new observation of one environment; concurrent requests share one. */
  refresh(ref: EnvironmentRef): Promise<void>;
  /** Starts a run and returns its id. Requests with the same `runId` start one run. */
  startRun(ref: EnvironmentRef, run: RunRequest): Promise<string>;
  /** Previews a deployment of the repository's main branch. Takes some seconds, since CloudFormation is asked. */
  previewDeployment(ref: EnvironmentRef): Promise<DeploymentPreview>;
  /** Previews the deletion of an environment: what would be deleted, and what would stay. */
  previewDeletion(
    ref: EnvironmentRef,
    request?: DeletionRequest,
  ): Promise<DeletionPreview>;
  /** Starts a task of the scaffolder with the permissions of the caller, and returns its id. */
  startTask(task: TaskRequest): Promise<string>;
  /** Lists the accounts that an owner's projects may use. */
  listAccounts(options: { owner?: string }): Promise<Account[]>;
  /** Lists the hosts that may take the repository of a new data lake. */
  listCodeHosts(): Promise<CodeHost[]>;
  /** Lists the MWAA environments of one account and region. */
  listMwaaEnvironments(target: {
    account: string;
    region: string;
  }): Promise<MwaaEnvironment[]>;
}

/** A template and the values of its form. @public */
export interface TaskRequest {
  templateRef: string;
  values: JsonObject;
}

/** The reference of the API that the pages use. @public */
export const dataLakeApiRef = createApiRef<DataLakeApi>().with({
  id: 'plugin.data-lake',
  pluginId: 'data-lake',
});
