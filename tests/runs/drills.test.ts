import {
  SetTerminationProtectionCommand,
  TerminateJobFlowsCommand,
} from '@aws-sdk/client-emr';
import {
  BatchStopJobRunCommand,
  ListCrawlsCommand,
  StartCrawlerCommand,
  StopCrawlerCommand,
} from '@aws-sdk/client-glue';
import { Run } from '@data-lake/plugin-data-lake-common';
import {
  causeOf,
  findStep,
  followRun,
  followStep,
  leftRunning,
  markFailed,
  startRun,
  tell,
} from './dagRun';
import { DataLake, makeDataLake } from './dataLake';
import { clients, readTaskLog, withTag } from './localAws';
import { computeMarts, readMarts } from './marts';
import {
  idleSteps,
  put,
  waitingIngest,
  waitingTransform,
  withScripts,
} from './scripts';

/**
 * Provokes failures of a data lake on a real Airflow with real Spark: the run is red, its cause is named, and nothing
 * keeps running. All drills use one project with the form's defaults.
 */
jest.setTimeout(15 * 60_000);

let lake: DataLake;
beforeAll(async () => {
  lake = await makeDataLake({ case: 'emr', name: 'drilled' });
});

it('waits for a crawler that is already running, and the run is green', async () => {
  const Name = lake.outputs.CuratedCrawlerName;
  const runId = await startRun(lake);
  // until it is stopped below
  const tag = { 'local-aws:crawls-for': '3600' };
  await withTag(`crawler/${Name}`, tag, () =>
    clients.glue.send(new StartCrawlerCommand({ Name })),
  );
  await followStep(lake, runId, { name: 'Crawl', state: 'running' });
  await clients.glue.send(new StopCrawlerCommand({ Name }));

  const run = await followRun(lake, runId);
  expect(tell(run)).toMatch(/^succeeded\n/);
  expect(leftRunning(run)).toEqual([]);
  expect(await readMarts(lake)).toEqual(await computeMarts(lake));
  const { Crawls = [] } = await clients.glue.send(
    new ListCrawlsCommand({ CrawlerName: Name, MaxResults: 2 }),
  );
  expect(Crawls.map(({ State }) => State)).toEqual(['COMPLETED', 'STOPPED']);
  expectTerminated(run);
});

it('does not start the state machine after a failed preprocess step', async () => {
  const source = 'drills/broken-tags/';
  await put(
    lake,
    `${source}movies.csv`,
    'movieId,title,genres\n1,A (1999),Drama\n',
  );
  await put(
    lake,
    `${source}ratings.csv`,
    'userId,movieId,rating,timestamp\n1,1,4.0,1000000000\n',
  );
  await put(
    lake,
    `${source}tags.csv`,
    'userId,movieId,tag,timestamp\nnobody,1,fun,yesterday\n',
  );
  const run = await runOnce({
    source: `s3://${lake.outputs.DataBucketName}/${source}`,
  });

  expectCause(run, {
    service: 'emr',
    name: 'preprocess_tags',
    error: expect.stringMatching(/1 of 1 rows for tags in s3:.*malformed line/),
  });
  expectRed(run);
  const others = ['preprocess_movies', 'preprocess_ratings'];
  for (const name of others) {
    const step = findStep(run, { service: 'emr', name });
    expect([name, step.state]).toEqual([name, 'succeeded']);
  }
  expect(run.steps.filter(s => s.service === 'stepfunctions')).toEqual([]);
});

it('names a failed Glue job in the state machine and the task', async () => {
  const run = await withScripts(
    lake,
    {
      ...idleSteps,
      'glue_transform.py': "raise KeyError('no such column: rating')\n",
    },
    () => runOnce(),
  );
  expectCause(run, {
    service: 'glue',
    kind: 'job run',
    status: 'FAILED',
    error: expect.stringContaining('no such column: rating'),
  });
  const execution = findStep(run, { kind: 'execution' });
  expect(execution.error).toMatch(/jr_.*ended FAILED.*no such column: rating/);
  expectRed(run);
});

it('fails the run if its Glue job run is stopped', async () => {
  const JobName = lake.outputs.GlueJobName;
  const run = await withScripts(
    lake,
    { ...idleSteps, ...waitingTransform },
    async () => {
      const runId = await startRun(lake);
      const { id } = await followStep(lake, runId, {
        kind: 'job run',
        state: 'running',
      });
      const JobRunIds = [id.split(/[:/]/).pop()!];
      await clients.glue.send(
        new BatchStopJobRunCommand({ JobName, JobRunIds }),
      );
      return followRun(lake, runId);
    },
  );
  const execution = findStep(run, { kind: 'execution' });
  expect(execution.error).toMatch(/jr_.*ended STOPPED/);
  expectRed(run);
});

it('leaves no cluster after a run is marked as failed half-way', async () => {
  const run = await withScripts(lake, waitingIngest, async () => {
    const runId = await startRun(lake);
    await followStep(lake, runId, {
      service: 'emr',
      name: 'ingest',
      state: 'running',
    });
    await markFailed(lake, runId);
    return followRun(lake, runId);
  });
  expectRed(run);
  expect(run.steps.filter(s => s.service === 'stepfunctions')).toEqual([]);
});

it('stops the Glue job and the execution after a run is marked as failed', async () => {
  const run = await withScripts(
    lake,
    { ...idleSteps, ...waitingTransform },
    async () => {
      const runId = await startRun(lake);
      await followStep(lake, runId, { kind: 'job run', state: 'running' });
      await markFailed(lake, runId);
      return followRun(lake, runId);
    },
  );
  expectRed(run);
  expect(findStep(run, { kind: 'execution' }).status).toBe('ABORTED');
  expect(findStep(run, { kind: 'job run' }).status).toBe('STOPPED');
  expect(await readTaskLog(lake, run.id, 'confirm_end')).toMatch(
    /Stopped execution [^]*Stopped run jr_/,
  );
});

it('fails the run if its cluster cannot be terminated, though all else is green', async () => {
  const idle = { ...idleSteps, 'glue_transform.py': 'pass\n' };
  await withScripts(lake, idle, async () => {
    const runId = await startRun(lake);
    const { id } = await followStep(lake, runId, {
      kind: 'cluster',
      state: 'running',
    });
    const JobFlowIds = [id.split(':').pop()!];
    const protect = (TerminationProtected: boolean) =>
      clients.emr.send(
        new SetTerminationProtectionCommand({
          JobFlowIds,
          TerminationProtected,
        }),
      );
    await protect(true);
    try {
      const run = await followRun(lake, runId);
      expect(run.state).toBe('failed');
      expectCause(run, {
        service: 'mwaa',
        name: 'terminate_cluster',
      });
      expect(await readTaskLog(lake, runId, 'terminate_cluster')).toContain(
        'termination protected',
      );
      expect(findStep(run, { kind: 'execution' }).state).toBe('succeeded');
      // The cluster still exists, and the page shows it.
      expect(leftRunning(run)).toEqual([expect.stringMatching(/^cluster /)]);
    } finally {
      await protect(false);
      await clients.emr.send(new TerminateJobFlowsCommand({ JobFlowIds }));
    }
  });
});

const runOnce = async (conf?: Record<string, unknown>) =>
  followRun(lake, await startRun(lake, conf));

function expectCause(run: Run, wanted: object) {
  try {
    expect(causeOf(run)).toMatchObject(wanted);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${tell(run)}`);
  }
}

function expectRed(run: Run) {
  expect(tell(run)).toMatch(/^failed\n/);
  expectTerminated(run);
  expect(leftRunning(run)).toEqual([]);
}

function expectTerminated(run: Run) {
  const clusters = run.steps.filter(({ kind }) => kind === 'cluster');
  expect(clusters.map(({ status }) => status)).toEqual(['TERMINATED']);
}
