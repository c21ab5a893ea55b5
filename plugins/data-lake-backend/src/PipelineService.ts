import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  EnvironmentStatus,
  Pipeline,
  RunRequest,
} from '@data-lake/plugin-data-lake-common';
import {
  Accounts,
  AwsClientFactory,
  triggerDagRun,
} from '@data-lake/plugin-data-lake-node';
import { Rights } from './Access';
import { Budget } from './collect/Budget';
import { Observer } from './collect/Observer';
import { CollectConfig } from './config';
import { isStale, toRefusedStatus, toStatus } from './pipeline';
import { PipelineStore } from './store/PipelineStore';
import { findTarget, listTargets, RefusedTarget, Target } from './targets';

/** What the routes do, once it is decided that the caller may. */
export class PipelineService {
  constructor(
    private readonly options: {
      accounts: Accounts;
      clients: AwsClientFactory;
      store: PipelineStore;
      observer: Observer;
      budget: Budget;
      collect: CollectConfig;
    },
  ) {}

  /** As last observed; what is stale is observed behind the answer. */
  async read(entity: Entity, rights: Rights): Promise<Pipeline> {
    const targets = listTargets(entity, this.options.accounts);
    return {
      entityRef: stringifyEntityRef(entity),
      environments: await Promise.all(
        targets.map(target => this.readEnvironment(target, rights)),
      ),
    };
  }

  /** Observes behind the answer, unless that is under way already. */
  refresh(entity: Entity, environment: string): void {
    const target = this.findTarget(entity, environment);
    this.options.budget.overdraw(target.environment);
    void this.options.observer.observe(target);
  }

  /** @throws NotFoundError, NotAllowedError where the entity has no such environment for its owner */
  findTarget(entity: Entity, environment: string): Target {
    return findTarget(entity, environment, this.options.accounts);
  }

  /** Starts a run, once however often it is asked for; what it becomes is observed. */
  async startRun(target: Target, request: RunRequest): Promise<string> {
    const { store, clients, observer, budget } = this.options;
    const stored = await store.read(target, new Date());
    const { run } = toStatus(target, stored, {
      now: new Date(),
      accounts: [],
      rights: allRights,
    }).actions;
    if (!stored.trigger || !run.allowed) {
      throw new ConflictError(
        `No run can be started in ${target.environment.name}: ${run.reason}`,
      );
    }
    const runId = await triggerDagRun(clients.forTarget(target.environment), {
      ...stored.trigger,
      runId: request.runId,
      conf: request.conf,
      signal: AbortSignal.timeout(20_000),
    });
    budget.overdraw(target.environment);
    void observer.observe(target);
    return runId;
  }

  private async readEnvironment(
    target: Target | RefusedTarget,
    rights: Rights,
  ): Promise<EnvironmentStatus> {
    const { store, observer, budget, collect } = this.options;
    const accounts = this.options.accounts.listAccounts();
    if (!('environment' in target)) return toRefusedStatus(target, accounts);
    const now = new Date();
    const stored = await store.read(target, now);
    const underWay = stored.observing || observer.isObserving(target);
    const starts =
      !underWay &&
      isStale(stored, { now, collect }) &&
      budget.take(target.environment);
    if (starts) void observer.observe(target);
    return toStatus(
      target,
      { ...stored, observing: underWay || starts },
      { now, accounts, rights },
    );
  }
}

/** Whoever asks to start a run was let in before. */
const allRights: Rights = {
  run: { allowed: true },
  deploy: { allowed: true },
  delete: { allowed: true },
};
