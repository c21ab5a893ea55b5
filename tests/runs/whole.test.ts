import { GetTableCommand } from '@aws-sdk/client-glue';
import { Run } from '@data-lake/plugin-data-lake-common';
import { invokeRestApi } from '@data-lake/aws';
import {
  eventually,
  findStep,
  followRun,
  followStep,
  leftRunning,
  markFailed,
  repeatTasks,
  startRun,
  tell,
} from './dagRun';
import { makeByTemplate } from './byTemplate';
import { DataLake, makeDataLake, removeDataLake } from './dataLake';
import { clients, listGrants } from './localAws';
import { computeMarts, readMarts } from './marts';
import { waitingIngest, withScripts } from './scripts';
import { readTables, repeatJob } from './tables';

/**
 * Whole runs of rendered projects on a real Airflow and real Spark, each with other answers than the form's defaults
 * (drills.test.ts uses the defaults).
 */
jest.setTimeout(15 * 60_000);

describe('on EMR Serverless, with Lake Formation', () => {
  let lake: DataLake;
  let run: Run;
  beforeAll(async () => {
    lake = await makeDataLake({
      case: 'emr-serverless',
      name: 'run-serverless',
      answers: { lakeFormation: true, alertEmail: '' },
    });
    run = await followRun(lake, await startRun(lake));
  });

  it('is green, and its marts equal those that DuckDB computes from the raw files', async () => {
    expect(tell(run)).toMatch(/^succeeded\n/);
    expect(leftRunning(run)).toEqual([]);
    expect(await readMarts(lake)).toEqual(await computeMarts(lake));
  });

  it('ran its Spark tasks as job runs, with no cluster', async () => {
    const kinds = new Set(run.steps.map(({ kind }) => kind));
    expect(kinds).not.toContain('cluster');
    const jobs = run.steps.filter(({ service }) => service === 'emrserverless');
    expect(jobs.map(({ name, status }) => [name, status]).sort()).toEqual([
      ['ingest', 'SUCCESS'],
      ['preprocess_movies', 'SUCCESS'],
      ['preprocess_ratings', 'SUCCESS'],
      ['preprocess_tags', 'SUCCESS'],
    ]);
  });

  it('leaves no job run after it is marked as failed half-way', async () => {
    const cut = await withScripts(lake, waitingIngest, async () => {
      const runId = await startRun(lake);
      await followStep(lake, runId, {
        service: 'emrserverless',
        name: 'ingest',
        state: 'running',
      });
      await markFailed(lake, runId);
      return followRun(lake, runId);
    });
    expect(tell(cut)).toMatch(/^failed\n/);
    expect(leftRunning(cut)).toEqual([]);
    expect(findStep(cut, { service: 'emrserverless' })).toMatchObject({
      name: 'ingest',
      status: 'CANCELLED',
    });
  });

  it('has the grants in Lake Formation', async () => {
    const role = (name: string) =>
      `${lake.project}-${lake.environment}-${name}`;
    expect(await listGrants(lake.outputs.DatabaseName)).toEqual(
      [
        ...['ALTER', 'CREATE_TABLE', 'DESCRIBE'].map(
          each => `${role('crawler')} ${each}`,
        ),
        // Grants on the database and on its tables.
        ...['ALTER', 'DESCRIBE', 'DESCRIBE', 'INSERT', 'SELECT'].map(
          each => `${role('glue-job')} ${each}`,
        ),
      ].sort(),
    );
  });

  it('can be deleted after its running run has ended, with its DAG paused', async () => {
    const lines: string[] = [];
    await withScripts(lake, waitingIngest, async () => {
      const runId = await startRun(lake);
      const cancel = new AbortController();
      const removed = removeDataLake(lake, {
        signal: cancel.signal,
        log(line) {
          lines.push(line);
          // its roles are compared with their calls later, so they stay
          if (line.startsWith('Paused')) cancel.abort();
        },
      });
      // a failure before the wait fails only this test
      removed.catch(() => undefined);
      try {
        await eventually('the tear-down to wait for the run', 300, async () =>
          lines.find(line => line.startsWith(`Waiting for run ${runId}`)),
        );
      } catch (error) {
        cancel.abort();
        throw new Error(`${(error as Error).message}; it said: ${lines}`);
      }
      await markFailed(lake, runId);
      await expect(removed).rejects.toThrow('abort');
    });
    expect(lines.pop()).toBe(`Paused DAG ${lake.dagId}`);
    const dag = await invokeRestApi(clients, {
      environment: lake.mwaaEnvironment,
      method: 'GET',
      path: `/dags/${lake.dagId}/details`,
    });
    expect(dag).toMatchObject({ is_paused: true });
  });
});

describe('on Airflow 2.11.2, with Iceberg tables, in its own MWAA environment created by the template', () => {
  const curated = ['movies', 'ratings', 'tags'];
  const tables = [...curated, 'most_popular_movies', 'top_rated_movies'];
  let lake: DataLake;
  let run: Run;
  beforeAll(async () => {
    lake = await makeByTemplate({
      case: 'airflow-2',
      name: 'run-iceberg',
      answers: {
        owner: 'group:default/data-engineering',
        tableFormat: 'iceberg',
        ...{ mwaa: 'new', mwaaNetwork: '', mwaaEnvironment: undefined },
      },
    });
    run = await followRun(lake, await startRun(lake));
  });

  it('is green, and its marts equal those that DuckDB computes from the raw files', async () => {
    expect(lake.mwaaEnvironment).toBe('run-iceberg-prod');
    expect(lake.airflowVersion).toBe('2.11.2');
    expect(tell(run)).toMatch(/^succeeded\n/);
    expect(leftRunning(run)).toEqual([]);
    expect(await readMarts(lake)).toEqual(await computeMarts(lake));
  });

  it('gets its tables from Spark, without a crawler', async () => {
    expect(run.steps.filter(({ kind }) => kind === 'crawl')).toEqual([]);
    for (const Name of tables) {
      const { Table } = await clients.glue.send(
        new GetTableCommand({
          DatabaseName: lake.outputs.DatabaseName,
          Name,
        }),
      );
      expect([Name, Table?.Parameters?.table_type]).toEqual([Name, 'ICEBERG']);
    }
  });

  it('has the same rows after repeating its steps and its Glue job', async () => {
    const before = await readTables(lake, tables);
    expect(before.ratings.length).toBeGreaterThan(0);

    await repeatTasks(lake, run.id, [
      'create_cluster',
      'ingest',
      ...curated.map(table => `preprocess_${table}`),
      'terminate_cluster',
    ]);
    expect(tell(await followRun(lake, run.id))).toMatch(/^succeeded\n/);
    await repeatJob(lake);

    expect(await readTables(lake, tables)).toEqual(before);
  });
});
