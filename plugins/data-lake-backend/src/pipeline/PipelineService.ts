import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { Accounts, AwsClientFactory } from '@data-lake/aws';
import {
  EnvironmentStatus,
  ObservedEnvironment,
  Pipeline,
  RunRequest,
} from '@data-lake/plugin-data-lake-common';
import { EntityRights, startDagRun } from '@data-lake/plugin-data-lake-node';
import { CollectConfig } from '../config';
import { EnvironmentObserver } from '../observe/EnvironmentObserver';
import {
  getEnvironment,
  isRefused,
  listEnvironments,
  RefusedEnvironment,
} from '../observe/environments';
import { RateLimiter } from '../observe/RateLimiter';
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
      observer: EnvironmentObserver;
      rateLimiter: RateLimiter;
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

  /** Observes after the answer, unless an observation is running already. */
  refresh(entity: Entity, name: string): void {
    const environment = getEnvironment(entity, name, this.options.accounts);
    this.observeNow(environment);
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
    const { store, clients, accounts } = this.options;
    const { request, onStart } = options;
    const environment = getEnvironment(entity, name, accounts);
    onStart(environment);
    const stored = await store.read(environment, new Date());
    const refusal = findRunRefusal(stored);
    if (!stored.dag || refusal) {
      throw new ConflictError(`No run can be started in ${name}: ${refusal}`);
    }
    const runId = await startDagRun(clients.forTarget(environment), {
      ...stored.dag,
      runId: request.runId,
      conf: request.conf,
      signal: AbortSignal.timeout(20_000),
    });
    this.observeNow(environment);
    return runId;
  }

  private observeNow(environment: ObservedEnvironment): void {
    this.options.rateLimiter.force(environment);
    void this.options.observer.observe(environment);
  }

  private async readEnvironment(
    environment: ObservedEnvironment | RefusedEnvironment,
    rights: EntityRights,
  ): Promise<EnvironmentStatus> {
    const { store, observer, rateLimiter, collect } = this.options;
    const accounts = this.options.accounts.listAccounts();
    if (isRefused(environment)) return toRefusedStatus(environment, accounts);
    const now = new Date();
    const stored = await store.read(environment, now);
    const isObserving = stored.observing || observer.isObserving(environment);
    const starts =
      !isObserving &&
      isStale(stored, { now, collect }) &&
      rateLimiter.tryAcquire(environment);
    if (starts) void observer.observe(environment);
    return toStatus(
      environment,
      { ...stored, observing: isObserving || starts },
      { now, accounts, rights },
    );
  }
}
