import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { isEnded, Problem, Run } from '@data-lake/plugin-data-lake-common';
import {
  AwsClientFactory,
  EnvironmentObservation,
  observeEnvironment,
  problemHealth,
  toLine,
} from '@data-lake/plugin-data-lake-node';
import { CollectConfig } from '../config';
import { PipelineKey, PipelineStore, Stored } from '../store/PipelineStore';
import { Announcer } from './Announcer';

/** An environment to observe, and whose it is. */
export interface ObserveTarget extends PipelineKey {
  owner?: string;
}

/** First look back: what a page of runs would show of a daily pipeline. */
const firstLookBackMs = 14 * 24 * 3_600_000;
/** Services tell the end of a run one after the other: a crawl, a cluster that terminates. */
const settleMs = 15 * 60_000;

/** Observes one environment at a time for each entity, within a time limit. */
export class Observer {
  constructor(
    private readonly options: {
      clients: AwsClientFactory;
      store: PipelineStore;
      announcer: Announcer;
      logger: LoggerService;
      collect: CollectConfig;
    },
  ) {}

  private readonly underWay = new Map<string, Promise<void>>();

  /**
   * Observes, unless that is under way already: then this is the same one. Never rejects; what went
   * wrong is in the store.
   */
  observe(target: ObserveTarget): Promise<void> {
    const key = toKey(target);
    const existing = this.underWay.get(key);
    if (existing) return existing;
    const started = this.observeOnce(target)
      .catch(error =>
        this.options.logger.error(
          `Observing ${key} failed: ${stringifyError(error)}`,
        ),
      )
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, started);
    return started;
  }

  /** Whether this backend observes it now. */
  isObserving(target: PipelineKey): boolean {
    return this.underWay.has(toKey(target));
  }

  private async observeOnce(target: ObserveTarget): Promise<void> {
    const { store, announcer, collect } = this.options;
    const now = new Date();
    // A little longer than the time limit, so that two backends never overlap.
    const until = new Date(now.getTime() + collect.timeoutSeconds * 1_500);
    if (!(await store.claim(target, { now, until }))) return;

    const before = await store.read(target, now);
    const outcome = await this.look(target, before);
    const end = new Date();
    if ('observation' in outcome) {
      await store.save(target, outcome.observation, end);
    } else {
      await store.fail(target, outcome.problem, end);
    }
    const after = await store.read(target, end);
    await announcer.announce(target, { before, after });
  }

  private async look(
    target: ObserveTarget,
    before: Stored,
  ): Promise<{ observation: EnvironmentObservation } | { problem: Problem }> {
    const { environment, entityRef } = target;
    const { clients, collect } = this.options;
    const signal = AbortSignal.timeout(collect.timeoutSeconds * 1_000);
    try {
      const observation = await observeEnvironment({
        clients: clients.forTarget(environment),
        environment,
        entityRef,
        since: findSince(before, new Date()),
        signal,
      });
      return { observation };
    } catch (error) {
      return { problem: toProblem(error, signal, collect) };
    }
  }
}

const toKey = ({ entityRef, environment }: PipelineKey) =>
  `${entityRef} ${environment.name}`;

/** What is over and was seen after it settled need not be read again. */
function findSince(before: Stored, now: Date): Date {
  const lastLook = before.observedAt && Date.parse(before.observedAt);
  if (!lastLook) return new Date(now.getTime() - firstLookBackMs);
  const open = before.runs.filter(run => mayChange(run, lastLook)).map(begin);
  return new Date(Math.min(lastLook, ...open) - settleMs);
}

function mayChange(run: Run, lastLook: number): boolean {
  if (!isEnded(run.state)) return true;
  return !!run.endedAt && Date.parse(run.endedAt) > lastLook - settleMs;
}

const begin = (run: Run) =>
  Date.parse(run.queuedAt ?? run.startedAt ?? new Date().toISOString());

function toProblem(
  error: unknown,
  signal: AbortSignal,
  { timeoutSeconds }: CollectConfig,
): Problem {
  const service = 'cloudformation';
  if (signal.aborted) {
    return {
      service,
      health: 'unknown',
      message: `AWS was not read to the end within ${timeoutSeconds} s. Try again; if it stays, raise dataLake.collect.timeoutSeconds`,
    };
  }
  const known = error instanceof Error ? error : new Error(String(error));
  return { service, health: problemHealth(known), message: toLine(known) };
}
