import {
  executionTrigger,
  listRunKeys,
  mergeRun,
  Run,
  toRunKey,
} from '@data-lake/plugin-data-lake-common';
import { Knex } from 'knex';
import { RunRow } from './rows';

/**
 * Saves a run of an environment, merged with what is known of it.
 *
 * @param id - the columns of the environment
 */
export async function saveRun(
  trx: Knex.Transaction,
  id: Pick<RunRow, 'entity_ref' | 'environment'>,
  fresh: Run,
): Promise<void> {
  const rows = () => trx<RunRow>('runs').where(id);
  const known = await findRows(rows, fresh);
  const run = known
    .map(parseRun)
    .reduceRight((later, before) => mergeRun(before, later), fresh);
  for (const { run_key } of known) await rows().where({ run_key }).delete();
  const run_key = toRowKey(run);
  await moveAway(rows, run_key);
  await trx<RunRow>('runs').insert({
    ...id,
    run_key,
    began_at: run.queuedAt ?? run.startedAt ?? new Date().toISOString(),
    state: run.state,
    run: JSON.stringify(run),
  });
}

/** Makes a query of the environment's runs. */
type Rows = () => Knex.QueryBuilder<RunRow, RunRow[]>;

/** Finds the rows of a run: of its id, and of its execution if that was known first, or is known alone now. */
async function findRows(rows: Rows, fresh: Run): Promise<RunRow[]> {
  const executions = fresh.steps.filter(({ kind }) => kind === 'execution');
  const names = [fresh.id, ...executions.map(({ name }) => name)];
  const found = await rows()
    .where(where => {
      where.whereIn('run_key', names.flatMap(listRunKeys));
      for (const { id } of executions) {
        where.orWhere('run', 'like', `%"id":${JSON.stringify(id)}%`);
      }
    })
    .orderBy('run_key');
  return found.filter(row => isSameRun(parseRun(row), fresh));
}

/** Two DAG runs are one by their id alone; an execution is of the run that has it, or is named after it. */
function isSameRun(a: Run, b: Run): boolean {
  const [alone, other] = a.trigger === executionTrigger ? [a, b] : [b, a];
  if (alone.trigger !== executionTrigger) return a.id === b.id;
  return (
    other.steps.some(({ id }) => id === alone.steps[0].id) ||
    alone.id === toRunKey(other.id)
  );
}

/**
 * Gives the row of another run the key that is its own: once, two runs could have one key, and the newer would
 * take the place of the other.
 */
async function moveAway(rows: Rows, run_key: string): Promise<void> {
  const row = await rows().where({ run_key }).first();
  if (!row) return;
  await rows()
    .where({ run_key })
    .update({ run_key: toRowKey(parseRun(row)) });
}

const parseRun = ({ run }: Pick<RunRow, 'run'>): Run => JSON.parse(run);

/** The key of a row has 64 characters, and the name of an execution that was started by hand up to 80. */
const toRowKey = ({ id }: Run) => toRunKey(id);
