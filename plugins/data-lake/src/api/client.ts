import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  Account,
  CodeHost,
  DeletionPreview,
  DeletionRequest,
  DeploymentPreview,
  MwaaEnvironment,
  Pipeline,
} from '@data-lake/plugin-data-lake-common';
import type {
  EnvironmentRef,
  RunRequest,
} from '@data-lake/plugin-data-lake-common';
import * as z from 'zod';
import type { DataLakeApi, TaskRequest } from './DataLakeApi';

/**
 * The client of the `data-lake` backend. It parses answers, so that pages can trust them.
 *
 * @public
 */
export class DataLakeClient implements DataLakeApi {
  constructor(private readonly options: { fetchApi: FetchApi }) {}

  async getPipeline(entityRef: string): Promise<Pipeline> {
    return parse(Pipeline, await this.get(`${entityPath(entityRef)}/pipeline`));
  }

  async refresh(ref: EnvironmentRef): Promise<void> {
    await this.post(`${environmentPath(ref)}/refresh`, {});
  }

  async startRun(ref: EnvironmentRef, run: RunRequest): Promise<string> {
    const path = `${environmentPath(ref)}/runs`;
    return parse(RunStarted, await this.post(path, run)).runId;
  }

  async previewDeployment(ref: EnvironmentRef): Promise<DeploymentPreview> {
    const path = `${environmentPath(ref)}/deployment-preview`;
    return parse(DeploymentPreview, await this.post(path, {}));
  }

  async previewDeletion(
    ref: EnvironmentRef,
    request: DeletionRequest = {},
  ): Promise<DeletionPreview> {
    const path = `${environmentPath(ref)}/deletion-preview`;
    return parse(DeletionPreview, await this.post(path, request));
  }

  async startTask(task: TaskRequest): Promise<string> {
    const url = 'plugin://scaffolder/v2/tasks';
    return parse(TaskStarted, await this.fetch(url, toPost(task))).id;
  }

  async listAccounts(options: { owner?: string }): Promise<Account[]> {
    const query = options.owner ? `?${new URLSearchParams(options)}` : '';
    return parse(Accounts, await this.get(`/accounts${query}`)).accounts;
  }

  async listCodeHosts(): Promise<CodeHost[]> {
    return parse(CodeHosts, await this.get('/code-hosts')).hosts;
  }

  async listMwaaEnvironments(target: {
    account: string;
    region: string;
  }): Promise<MwaaEnvironment[]> {
    const path = toPath`/accounts/${target.account}/regions/${target.region}/mwaa-environments`;
    return parse(MwaaEnvironments, await this.get(path)).environments;
  }

  private get(path: string): Promise<unknown> {
    return this.fetch(`plugin://data-lake${path}`, { method: 'GET' });
  }

  private post(path: string, body: unknown): Promise<unknown> {
    return this.fetch(`plugin://data-lake${path}`, toPost(body));
  }

  private async fetch(url: string, init: RequestInit): Promise<unknown> {
    const response = await this.options.fetchApi.fetch(url, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}

const toPost = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** A page may be older than its backend: what it needs and does not find is said in words. */
function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new Error(
    `The backend's answer cannot be read: ${z
      .prettifyError(parsed.error)
      .replace(
        /\s+/g,
        ' ',
      )}. Reload the page; if it persists, install the same version of the plugin in the app and in the backend`,
  );
}

const TaskStarted = z.object({ id: z.string() });
const RunStarted = z.object({ runId: z.string() });
const Accounts = z.object({ accounts: z.array(Account) });
const CodeHosts = z.object({ hosts: z.array(CodeHost) });
const MwaaEnvironments = z.object({ environments: z.array(MwaaEnvironment) });

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return toPath`/entities/${namespace}/${kind}/${name}`;
}

function environmentPath({ entityRef, name }: EnvironmentRef): string {
  return `${entityPath(entityRef)}${toPath`/environments/${name}`}`;
}

/** Makes a path from parts, each escaped. */
function toPath(strings: TemplateStringsArray, ...parts: string[]): string {
  return String.raw({ raw: strings }, ...parts.map(encodeURIComponent));
}
