import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import {
  EnvironmentObservation,
  EnvironmentRef,
  EnvironmentSnapshot,
  ObservedEnvironment,
  Problem,
} from '@data-lake/plugin-data-lake-common';
import { Knex } from 'knex';
import { EnvironmentRow, RunRow } from './rows';
import { saveRun } from './saveRun';

/** An environment as the store has it. */
export interface StoredObservation
  extends EnvironmentSnapshot,
    Pick<EnvironmentObservation, 'dag'> {
  /** Newest end of an observation, complete or not. */
  triedAt?: string;
  observing: boolean;
}

/** Runs that a page shows, and from which the health is assessed. */
const runsRead = 40;
/** Runs that are kept for each environment. */
const runsKept = 500;

/** Stores observations and runs in the plugin's own database. */
export class ObservationStore {
  static async create(database: DatabaseService): Promise<ObservationStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@data-lake/plugin-data-lake-backend',
          'migrations',
        ),
      });
    }
    return new ObservationStore(knex);
  }

  constructor(private readonly knex: Knex) {}

  /** Reads an environment. One that has other stacks or another owner now is empty: the former must not show. */
  async read(key: ObservedEnvironment, now: Date): Promise<StoredObservation> {
    const row = await this.environmentRow(key).first();
    if (!row || row.target !== toTarget(key)) {
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
      dag: observation.dag,
      runs: runs.map(({ run }) => JSON.parse(run)),
    };
  }

  /**
   * Claims the right to observe an environment, among all backends that share this database.
   *
   * @param options - `until`: when the claim expires, in case this backend dies
   * @returns false if another backend has it
   */
  async claim(
    key: ObservedEnvironment,
    options: { now: Date; until: Date },
  ): Promise<boolean> {
    const target = toTarget(key);
    await this.knex<EnvironmentRow>('environments')
      .insert({ ...toId(key), target })
      .onConflict(['entity_ref', 'environment'])
      .ignore();
    const claimed = await this.environmentRow(key)
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

  /** Saves an observation, and ends the claim. */
  async save(
    key: EnvironmentRef,
    observation: EnvironmentObservation,
    now: Date,
  ): Promise<void> {
    const { runs, ...rest } = observation;
    await this.knex.transaction(async trx => {
      for (const run of runs) await saveRun(trx, toId(key), run);
      await this.environmentRow(key, trx).update({
        observation: JSON.stringify(rest),
        failure: null,
        observed_at: now.toISOString(),
        tried_at: now.toISOString(),
        observing_until: null,
      });
      await this.prune(trx, key);
    });
  }

  /** Saves the failure of an observation, and ends the claim; the former observation stays. */
  async saveFailure(
    key: EnvironmentRef,
    problem: Problem,
    now: Date,
  ): Promise<void> {
    await this.environmentRow(key).update({
      failure: JSON.stringify(problem),
      tried_at: now.toISOString(),
      observing_until: null,
    });
  }

  private async prune(trx: Knex.Transaction, key: EnvironmentRef) {
    const oldest = await this.runs(key, trx)
      .orderBy('began_at', 'desc')
      .offset(runsKept)
      .first();
    if (!oldest) return;
    await this.runs(key, trx).where('began_at', '<=', oldest.began_at).delete();
  }

  private async forgetFormerTarget(key: EnvironmentRef, target: string) {
    const row = await this.environmentRow(key).first();
    if (row?.target === target) return;
    await this.knex.transaction(async trx => {
      await this.runs(key, trx).delete();
      await this.environmentRow(key, trx).update({
        target,
        observation: null,
        failure: null,
        observed_at: null,
        tried_at: null,
      });
    });
  }

  private environmentRow(key: EnvironmentRef, knex: Knex = this.knex) {
    return knex<EnvironmentRow>('environments').where(toId(key));
  }

  private runs(key: EnvironmentRef, knex: Knex = this.knex) {
    return knex<RunRow>('runs').where(toId(key));
  }
}

const toId = ({ entityRef, name }: EnvironmentRef) => ({
  entity_ref: entityRef,
  environment: name,
});

/** `123456789012/eu-central-1/movielens-demo-foundations group:default/data`: what was another owner's is forgotten. */
function toTarget(environment: ObservedEnvironment): string {
  const { account, region, stacks, owner = '' } = environment;
  const place = [account, region, ...stacks.map(({ name }) => name)].join('/');
  return `${place} ${owner.toLocaleLowerCase('en-US')}`;
}
