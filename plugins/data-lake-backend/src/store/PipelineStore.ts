import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import {
  EnvironmentRef,
  Problem,
  Resource,
  Run,
  toRunKey,
} from '@data-lake/plugin-data-lake-common';
import { EnvironmentObservation } from '@data-lake/plugin-data-lake-node';
import { Knex } from 'knex';
import { mergeRun } from './mergeRun';
import { EnvironmentRow, RunRow } from './rows';

/** One environment of one entity: what everything here is kept by. */
export interface PipelineKey {
  entityRef: string;
  environment: EnvironmentRef;
}

/** What the store knows of an environment. */
export interface Stored {
  /** Newest complete observation. */
  observedAt?: string;
  /** Newest end of an observation, complete or not. */
  triedAt?: string;
  observing: boolean;
  resources: Resource[];
  problems: Problem[];
  schedule?: EnvironmentObservation['schedule'];
  trigger?: EnvironmentObservation['trigger'];
  /** Newest first. */
  runs: Run[];
}

/** Runs that a page shows, and from which the verdict is told. */
const runsRead = 40;
/** Runs that are kept of each environment. */
const runsKept = 500;

/** The observations and runs, in the plugin's own database. */
export class PipelineStore {
  static async create(database: DatabaseService): Promise<PipelineStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@data-lake/plugin-data-lake-backend',
          'migrations',
        ),
      });
    }
    return new PipelineStore(knex);
  }

  constructor(private readonly knex: Knex) {}

  /** An environment that now means other stacks starts anew: nothing of the former is told. */
  async read(key: PipelineKey, now: Date): Promise<Stored> {
    const row = await this.environment(key).first();
    if (!row || row.target !== toTarget(key.environment)) {
      return { observing: false, resources: [], problems: [], runs: [] };
    }
    const runs = await this.runs(key)
      .orderBy('began_at', 'desc')
      .limit(runsRead);
    const observation = row.observation ? JSON.parse(row.observation) : {};
    const failure: Problem[] = row.failure ? [JSON.parse(row.failure)] : [];
    return {
      observedAt: row.observed_at ?? undefined,
      triedAt: row.tried_at ?? undefined,
      observing: (row.observing_until ?? '') > now.toISOString(),
      resources: observation.resources ?? [],
      problems: [...failure, ...(observation.problems ?? [])],
      schedule: observation.schedule,
      trigger: observation.trigger,
      runs: runs.map(({ run }) => JSON.parse(run)),
    };
  }

  /**
   * Takes the right to observe, for all backends that share this database.
   *
   * @param options - `until`: when the right ends by itself, should this backend die
   * @returns false where somebody else has it
   */
  async claim(
    key: PipelineKey,
    options: { now: Date; until: Date },
  ): Promise<boolean> {
    const target = toTarget(key.environment);
    await this.knex<EnvironmentRow>('environments')
      .insert({ ...toId(key), target })
      .onConflict(['entity_ref', 'environment'])
      .ignore();
    const claimed = await this.environment(key)
      .where(free =>
        free
          .whereNull('observing_until')
          .orWhere('observing_until', '<=', options.now.toISOString()),
      )
      .update({ observing_until: options.until.toISOString() });
    if (claimed !== 1) return false;
    await this.forgetFormerTarget(key, target);
    return true;
  }

  /** Writes an observation, and gives up the right to observe. */
  async save(
    key: PipelineKey,
    observation: EnvironmentObservation,
    now: Date,
  ): Promise<void> {
    const { runs, ...rest } = observation;
    await this.knex.transaction(async trx => {
      for (const run of runs) await this.saveRun(trx, key, run);
      await this.environment(key, trx).update({
        observation: JSON.stringify(rest),
        failure: null,
        observed_at: now.toISOString(),
        tried_at: now.toISOString(),
        observing_until: null,
      });
      await this.prune(trx, key);
    });
  }

  /** Writes that an observation came to nothing; what was known before stays. */
  async fail(key: PipelineKey, problem: Problem, now: Date): Promise<void> {
    await this.environment(key).update({
      failure: JSON.stringify(problem),
      tried_at: now.toISOString(),
      observing_until: null,
    });
  }

  private async saveRun(trx: Knex.Transaction, key: PipelineKey, fresh: Run) {
    const run_key = toRunKey(fresh.id);
    const before = await this.runs(key, trx).where({ run_key }).first();
    const run = before ? mergeRun(JSON.parse(before.run), fresh) : fresh;
    await trx<RunRow>('runs')
      .insert({
        ...toId(key),
        run_key,
        began_at: run.queuedAt ?? run.startedAt ?? new Date().toISOString(),
        state: run.state,
        run: JSON.stringify(run),
      })
      .onConflict(['entity_ref', 'environment', 'run_key'])
      .merge();
  }

  private async prune(trx: Knex.Transaction, key: PipelineKey) {
    const oldest = await this.runs(key, trx)
      .orderBy('began_at', 'desc')
      .offset(runsKept)
      .first();
    if (!oldest) return;
    await this.runs(key, trx).where('began_at', '<=', oldest.began_at).delete();
  }

  private async forgetFormerTarget(key: PipelineKey, target: string) {
    const row = await this.environment(key).first();
    if (row?.target === target) return;
    await this.knex.transaction(async trx => {
      await this.runs(key, trx).delete();
      await this.environment(key, trx).update({
        target,
        observation: null,
        failure: null,
        observed_at: null,
        tried_at: null,
      });
    });
  }

  private environment(key: PipelineKey, knex: Knex = this.knex) {
    return knex<EnvironmentRow>('environments').where(toId(key));
  }

  private runs(key: PipelineKey, knex: Knex = this.knex) {
    return knex<RunRow>('runs').where(toId(key));
  }
}

const toId = ({ entityRef, environment }: PipelineKey) => ({
  entity_ref: entityRef,
  environment: environment.name,
});

/** `123456789012/eu-central-1/movielens-demo-foundations` */
function toTarget({ account, region, stacks }: EnvironmentRef): string {
  return [account, region, ...stacks.map(({ name }) => name)].join('/');
}
