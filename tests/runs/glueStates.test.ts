import { GetJobRunsCommand } from '@aws-sdk/client-glue';
import {
  DescribeExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { eventually, toRunId } from './dagRun';
import { DataLake, makeDataLake } from './dataLake';
import { clients, withTag } from './localAws';

/**
 * Tests the deployed state machine and Lambdas, without Airflow, with final states of a Glue job run that only a tag
 * can cause here (see packages/local-aws). drills.test.ts covers FAILED and STOPPED.
 */
jest.setTimeout(5 * 60_000);

let lake: DataLake;
beforeAll(async () => {
  lake = await makeDataLake({ case: 'emr', name: 'glue-states' });
});

it.each([
  { state: 'TIMEOUT', runs: 1 },
  // A fault of Glue itself: retried once.
  { state: 'ERROR', runs: 2 },
  { state: 'EXPIRED', runs: 2 },
])('$state fails the execution after $runs run(s)', async ({ state, runs }) => {
  const runId = toRunId();
  const { status, error, cause } = await withTag(
    `job/${lake.outputs.GlueJobName}`,
    { 'local-aws:ends': state },
    () => execute(runId),
  );
  expect([status, error]).toEqual(['FAILED', 'TransformFailed']);
  expect(cause).toMatch(
    new RegExp(
      `^Run ${runId}: .*jr_\\w+ of \\S+ ended ${state}: .*local-aws:ends`,
    ),
  );
  const { JobRuns = [] } = await clients.glue.send(
    new GetJobRunsCommand({ JobName: lake.outputs.GlueJobName }),
  );
  const own = JobRuns.filter(run => run.Arguments?.['--run_id'] === runId);
  expect(own.map(run => run.JobRunState)).toEqual(Array(runs).fill(state));
});

/** Starts the state machine as the DAG does. */
async function execute(runId: string) {
  const { executionArn } = await clients.sfn.send(
    new StartExecutionCommand({
      stateMachineArn: lake.outputs.StateMachineArn,
      name: runId,
      input: JSON.stringify({
        runId,
        runKey: runId,
        datasets: ['movielens'],
        tables: ['movies'],
      }),
    }),
  );
  return eventually(`execution ${runId} to end`, 180, async () => {
    const execution = await clients.sfn.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    return execution.status === 'RUNNING' ? undefined : execution;
  });
}
