import { Run } from '@data-lake/plugin-data-lake-common';
import {
  causeOf,
  findStep,
  followRun,
  leftRunning,
  readState,
  repeatTasks,
  startRun,
  tell,
} from './dagRun';
import { DataLake, makeDataLake } from './dataLake';
import { put, remove, withScripts } from './scripts';
import { readTables } from './tables';

/** On Airflow 3.3.1, with Parquet. */
jest.setTimeout(15 * 60_000);

const tables = [
  ...['movies', 'ratings', 'tags'],
  ...['most_popular_movies', 'top_rated_movies'],
];
const everyTask = ['read_parameters'];
/** Below a folder that the role of the Spark steps may read, which no dataset has. */
const folder = 'raw/drills/endings/';

/**
 * What can happen to a run, on a whole installation: it ends in a state that is true, in Airflow and on the page, with
 * nothing left running, and readers find all tables of one run. `skeleton/tests/dags/test_drills.py` holds every task
 * against every event.
 */
describe('a run', () => {
  let lake: DataLake;
  let runId: string;
  const told: string[] = [];
  beforeAll(async () => {
    lake = await makeDataLake({ case: 'emr', name: 'endings' });
    await putSource(lake, 10);
    runId = await startRun(lake, {
      source: `s3://${lake.outputs.DataBucketName}/${folder}`,
    });
    expectEnd(await followRun(lake, runId), 'succeeded');
  });
  afterAll(() => console.log(told.join('\n')));
  const note = (what: string, run: Run) =>
    told.push(`| ${lake.airflowVersion} | ${what} | ${run.state} |`);

  it('is red, and changes no table, if its source is gone when it is cleared', async () => {
    const before = await readTables(lake, tables);
    await remove(lake, `${folder}ratings.csv`);
    await repeatTasks(lake, runId, everyTask, { downstream: true });
    const run = await followRun(lake, runId);
    note('cleared, its source is gone', run);

    expectEnd(run, 'failed');
    expect(await readState(lake, runId)).toBe('failed');
    expect(causeOf(run)).toMatchObject({ name: 'ingest' });
    expect(await readTables(lake, tables)).toEqual(before);
  });

  it('publishes no table if one of them is refused', async () => {
    const before = await readTables(lake, tables);
    await putSource(lake, 5, { bad: 50 });
    await repeatTasks(lake, runId, everyTask, { downstream: true });
    const run = await followRun(lake, runId);
    note('cleared, one table is refused', run);

    expectEnd(run, 'failed');
    expect(causeOf(run)).toMatchObject({ name: 'preprocess_ratings' });
    expect(findStep(run, { name: 'preprocess_movies' }).state).toBe(
      'succeeded',
    );
    expect(await readTables(lake, tables)).toEqual(before);
  });

  it('publishes all tables once its source is right again', async () => {
    await putSource(lake, 3);
    await repeatTasks(lake, runId, ['ingest'], { downstream: true });
    const run = await followRun(lake, runId);
    note('cleared, its source is right again', run);

    expectEnd(run, 'succeeded');
    const { movies, ratings } = await readTables(lake, tables);
    expect([movies.length, ratings.length]).toEqual([3, 30]);
  });

  it('has another execution if its state machine is started again', async () => {
    await repeatTasks(lake, runId, ['start_execution'], { downstream: true });
    const run = await followRun(lake, runId);
    note('start_execution is cleared', run);

    expectEnd(run, 'succeeded');
    const executions = run.steps.filter(({ kind }) => kind === 'execution');
    expect(executions.map(({ name, status }) => [name, status])).toEqual([
      [`${runId}_1`, 'SUCCEEDED'],
      [`${runId}_2`, 'SUCCEEDED'],
      [`${runId}_3`, 'SUCCEEDED'],
    ]);
  });

  it('is red on the page if a task fails that was cleared alone, though Airflow calls it a success', async () => {
    const failing = { 'ingest.py': "raise KeyError('drilled')\n" };
    const run = await withScripts(lake, failing, async () => {
      await repeatTasks(lake, runId, ['ingest']);
      return followRun(lake, runId);
    });
    note('ingest is cleared alone and fails', run);

    expect(await readState(lake, runId)).toBe('success');
    expectEnd(run, 'failed');
    expect(causeOf(run).error).toContain('drilled');
  });
});

function expectEnd(run: Run, state: Run['state']): void {
  expect(tell(run)).toMatch(new RegExp(`^${state}\n`));
  expect(leftRunning(run)).toEqual([]);
}

/** Films with ten good ratings each, which the mart of the best films asks for, a tag each, and ratings to refuse. */
async function putSource(
  lake: DataLake,
  films: number,
  { bad = 0 } = {},
): Promise<void> {
  const toCsv = (
    header: string,
    count: number,
    toLine: (n: number) => string,
  ) =>
    [
      header,
      ...Array.from({ length: count }, (_, i) => toLine(i + 1)),
      '',
    ].join('\n');
  const files = {
    movies: toCsv(
      'movieId,title,genres',
      films,
      n => `${n},Film ${n} (1999),Drama`,
    ),
    ratings: toCsv('userId,movieId,rating,timestamp', films * 10 + bad, n =>
      n > films * 10
        ? `${n},1,9.5,1000000000`
        : `${n},${(n % films) + 1},4.0,1000000000`,
    ),
    tags: toCsv(
      'userId,movieId,tag,timestamp',
      films,
      n => `${n},${n},fun,1000000000`,
    ),
  };
  for (const [name, text] of Object.entries(files)) {
    await put(lake, `${folder}${name}.csv`, text);
  }
}
