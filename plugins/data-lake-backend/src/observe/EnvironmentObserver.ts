import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { AwsClientFactory } from '@data-lake/aws';
import {
  EnvironmentObservation,
  environmentKey,
  EnvironmentRef,
  ObservedEnvironment,
  Problem,
} from '@data-lake/plugin-data-lake-common';
import {
  observeEnvironment,
  toProblem,
} from '@data-lake/plugin-data-lake-node';
import { CollectConfig } from '../config';
import { ObservationStore, StoredObservation } from '../store/ObservationStore';
import { ChangeNotifier } from './ChangeNotifier';
import { findSince } from './findSince';

/** Observes environments within a time limit, each of them one observation at a time. */
export class EnvironmentObserver {
  constructor(
    private readonly options: {
      clients: AwsClientFactory;
      store: ObservationStore;
      notifier: ChangeNotifier;
      logger: LoggerService;
      collect: CollectConfig;
    },
  ) {}

  private readonly running = new Map<string, Promise<void>>();

  /**
   * Observes an environment; if an observation of it is running already, joins that one. Never
   * rejects; the store has the failure.
   */
  observe(environment: ObservedEnvironment): Promise<void> {
    const key = environmentKey(environment);
    const existing = this.running.get(key);
    if (existing) return existing;
    const started = this.observeOnce(environment)
      .catch(error =>
        this.options.logger.error(
          `Observing ${key} failed: ${stringifyError(error)}`,
        ),
      )
      .finally(() => this.running.delete(key));
    this.running.set(key, started);
    return started;
  }

  /** Tells whether this backend observes the environment now. */
  isObserving(environment: EnvironmentRef): boolean {
    return this.running.has(environmentKey(environment));
  }

  private async observeOnce(environment: ObservedEnvironment): Promise<void> {
    const { store, notifier, collect } = this.options;
    const now = new Date();
    // A little longer than the time limit, so that two backends never overlap.
    const until = new Date(now.getTime() + collect.timeoutSeconds * 1_500);
    if (!(await store.claim(environment, { now, until }))) return;

    const before = await store.read(environment, now);
    const result = await this.readAws(environment, before);
    const end = new Date();
    if ('observation' in result) {
      await store.save(environment, result.observation, end);
    } else {
      await store.saveFailure(environment, result.problem, end);
    }
    const after = await store.read(environment, end);
    await notifier.notify(environment, { before, after });
  }

  private async readAws(
    environment: ObservedEnvironment,
    before: StoredObservation,
  ): Promise<{ observation: EnvironmentObservation } | { problem: Problem }> {
    const { clients, collect } = this.options;
    const signal = AbortSignal.timeout(collect.timeoutSeconds * 1_000);
    try {
      const observation = await observeEnvironment({
        clients: clients.forTarget(environment),
        environment,
        entityRef: environment.entityRef,
        owner: environment.owner,
        since: findSince(before, new Date()),
        signal,
      });
      return { observation };
    } catch (error) {
      return { problem: toFailure(error, signal, collect) };
    }
  }
}

function toFailure(
  error: unknown,
  signal: AbortSignal,
  { timeoutSeconds }: CollectConfig,
): Problem {
  const service = 'cloudformation';
  if (signal.aborted) {
    return {
      service,
      health: 'unknown',
      message: `Reading AWS took longer than ${timeoutSeconds} s. Try again; if it persists, raise dataLake.collect.timeoutSeconds`,
    };
  }
  return toProblem(
    service,
    error instanceof Error ? error : new Error(String(error)),
  );
}
