import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { hasPipeline } from '@data-lake/plugin-data-lake-common';
import { Accounts } from '@data-lake/plugin-data-lake-node';
import pLimit from 'p-limit';
import { CollectConfig } from '../config';
import { listTargets } from '../targets';
import { PipelineStore } from '../store/PipelineStore';
import { Budget } from './Budget';
import { Observer } from './Observer';

/** The catalog cannot be asked for a prefix of a key, so it is walked, and not at every sweep. */
const entitiesAgeMs = 5 * 60_000;
/** Environments observed at a time; each makes some twenty calls. */
const atOnce = 2;

/** The bounded sweep: every pipeline is observed now and then, though no page is open. */
export class Sweep {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      accounts: Accounts;
      store: PipelineStore;
      observer: Observer;
      budget: Budget;
      logger: LoggerService;
      collect: CollectConfig;
    },
  ) {}

  private found: { entities: Entity[]; at: number } | undefined;

  async run(signal: AbortSignal): Promise<void> {
    const { store, observer, budget, accounts, collect } = this.options;
    const targets = (await this.listEntities()).flatMap(entity =>
      listTargets(entity, accounts),
    );
    const limit = pLimit(atOnce);
    await Promise.all(
      targets.map(target =>
        limit(async () => {
          if (signal.aborted || !('environment' in target)) return;
          const now = new Date();
          const { triedAt } = await store.read(target, now);
          const age = triedAt ? now.getTime() - Date.parse(triedAt) : Infinity;
          // An open page has it observed already.
          if (age < collect.intervalSeconds * 900) return;
          await budget.wait(target.environment, signal);
          await observer.observe(target);
        }),
      ),
    );
  }

  private async listEntities(): Promise<Entity[]> {
    const now = Date.now();
    if (this.found && now - this.found.at < entitiesAgeMs) {
      return this.found.entities;
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
    this.found = { entities, at: now };
    return entities;
  }
}
