import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { Accounts, AwsClientFactory } from '@data-lake/aws';
import {
  EnvironmentStatus,
  ObservedEnvironment,
  Pipeline,
  RunRequest,
} from '@data-lake/plugin-data-lake-common';
import {
  EntityRights,
  startEnvironmentRun,
} from '@data-lake/plugin-data-lake-node';
import { CollectConfig } from '../config';
import {
  getEnvironment,
  isRefused,
  listEnvironments,
  RefusedEnvironment,
} from '../observe/environments';
import { ObservationQueue } from '../observe/ObservationQueue';
import { RateLimiter } from '../observe/RateLimiter';
import { TooManyRequestsError } from '../observe/TooManyRequestsError';
import { ObservationStore } from '../store/ObservationStore';
import { findRunRefusal } from './findRunRefusal';
import { isStale } from './isStale';
import { toRefusedStatus, toStatus } from './toStatus';

/** Reads, refreshes and starts pipelines; whether the caller may is decided before. */
export class PipelineService {
  constructor(
    private readonly options: {
      accounts: Accounts;
      clients: AwsClientFactory;
      store: ObservationStore;
      queue: ObservationQueue;
      refreshes: RateLimiter;
      collect: CollectConfig;
    },
  ) {}

  /** Reads the pipeline as last observed; a stale one is observed after the answer. */
  async readPipeline(entity: Entity, rights: EntityRights): Promise<Pipeline> {
    const environments = listEnvironments(entity, this.options.accounts);
    return {
      entityRef: stringifyEntityRef(entity),
      environments: await Promise.all(
        environments.map(environment =>
          this.readEnvironment(environment, rights),
        ),
      ),
    };
  }

  /**
   * Has the environment observed after the answer, in its turn; joins an observation that waits or runs.
   *
   * @param userRef - who requests it
   * @throws TooManyRequestsError if the user requests more than a person does
   */
  refresh(entity: Entity, name: string, userRef: string): void {
    const { accounts, queue, refreshes } = this.options;
    const environment = getEnvironment(entity, name, accounts);
    if (!refreshes.tryAcquire(userRef)) {
      throw new TooManyRequestsError(
        `${userRef} refreshes too often. Try again in some seconds`,
      );
    }
    void queue.request(environment);
  }

  /**
   * Starts a run, once for each run id, and observes it.
   *
   * @param onStart - gets the environment before AWS is called
   * @throws NotFoundError, NotAllowedError if the entity has no such environment, or not for its owner
   * @throws ConflictError if no run can be started there now
   */
  async startRun(
    entity: Entity,
    name: string,
    options: {
      request: RunRequest;
      onStart: (environment: ObservedEnvironment) => void;
    },
  ): Promise<string> {
    const { store, clients, accounts, queue } = this.options;
    const { request, onStart } = options;
    const environment = getEnvironment(entity, name, accounts);
    onStart(environment);
    const stored = await store.read(environment, new Date());
    const refusal = findRunRefusal(stored);
    if (!stored.dag || refusal) {
      throw new ConflictError(`No run can be started in ${name}: ${refusal}`);
    }
    const runId = await startEnvironmentRun(clients.forTarget(environment), {
      environment,
      airflow: stored.dag.environment,
      runId: request.runId,
      conf: request.conf,
      signal: AbortSignal.timeout(20_000),
    });
    void queue.request(environment);
    return runId;
  }

  private async readEnvironment(
    environment: ObservedEnvironment | RefusedEnvironment,
    rights: EntityRights,
  ): Promise<EnvironmentStatus> {
    const { store, queue, collect } = this.options;
    const accounts = this.options.accounts.listAccounts();
    if (isRefused(environment)) return toRefusedStatus(environment, accounts);
    const now = new Date();
    const stored = await store.read(environment, now);
    const isObserving = stored.observing || queue.isPending(environment);
    const starts = !isObserving && isStale(stored, { now, collect });
    if (starts) void queue.request(environment);
    return toStatus(
      environment,
      { ...stored, observing: isObserving || starts },
      { now, accounts, rights },
    );
  }
}
