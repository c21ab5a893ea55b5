import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  hasPipeline,
  ObservedEnvironment,
} from '@data-lake/plugin-data-lake-common';
import { Accounts } from '@data-lake/aws';
import pLimit from 'p-limit';
import { CollectConfig } from '../config';
import { ObservationStore } from '../store/ObservationStore';
import { isRefused, listEnvironments } from './environments';
import { ObservationQueue } from './ObservationQueue';

/** The catalog has no filter by the prefix of a key: the whole catalog is read, and not at every sweep. */
const entitiesAgeMs = 5 * 60_000;
/** Environments observed concurrently; each makes some twenty calls. */
const maxConcurrent = 2;

/** Observes every pipeline regularly, even if no page is open; bounded. */
export class Sweep {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      accounts: Accounts;
      store: ObservationStore;
      queue: ObservationQueue;
      logger: LoggerService;
      collect: CollectConfig;
    },
  ) {}

  private cached: { entities: Entity[]; at: number } | undefined;

  /** Observes all environments of the catalog that no open page had observed recently. */
  async run(signal: AbortSignal): Promise<void> {
    const { accounts } = this.options;
    const environments = (await this.listEntities()).flatMap(entity =>
      listEnvironments(entity, accounts),
    );
    const limit = pLimit(maxConcurrent);
    await Promise.all(
      environments.map(environment =>
        limit(async () => {
          if (signal.aborted || isRefused(environment)) return;
          await this.observeIfDue(environment, signal);
        }),
      ),
    );
  }

  private async observeIfDue(
    environment: ObservedEnvironment,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, queue, collect } = this.options;
    const now = new Date();
    const { triedAt } = await store.read(environment, now);
    const age = triedAt ? now.getTime() - Date.parse(triedAt) : Infinity;
    // An open page has it observed already.
    if (age < collect.intervalSeconds * 900) return;
    await Promise.race([queue.request(environment), untilAborted(signal)]);
  }

  private async listEntities(): Promise<Entity[]> {
    const now = Date.now();
    if (this.cached && now - this.cached.at < entitiesAgeMs) {
      return this.cached.entities;
    }
    const { auth, catalog, collect, logger } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const entities: Entity[] = [];
    const fields = ['kind', 'metadata', 'relations', 'spec.owner'];
    for await (const page of catalog.streamEntities(
      { fields, pageSize: 500 },
      { credentials },
    )) {
      entities.push(...page.filter(hasPipeline));
      if (entities.length > collect.maxEntities) {
        logger.warn(
          `More than ${collect.maxEntities} entities have a pipeline; the others are observed only while a page is open. See dataLake.collect.maxEntities`,
        );
        entities.length = collect.maxEntities;
        break;
      }
    }
    this.cached = { entities, at: now };
    return entities;
  }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>(resolve =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
