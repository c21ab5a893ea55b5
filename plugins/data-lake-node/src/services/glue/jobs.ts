import { GetJobCommand, GetJobRunsCommand, JobRun } from '@aws-sdk/client-glue';
import {
  lookUpState,
  RunPart,
  toPartOf,
} from '@data-lake/plugin-data-lake-common';
import { consoleUrl, listPages } from '@data-lake/aws';
import { ObserveContext } from '../adapter';
import { toTimestamp } from '../toTimestamp';
import { jobRunState } from './status';

const mostJobRuns = 100;

/** https://docs.aws.amazon.com/glue/latest/webapi/API_GetJob.html */
export async function readJob(context: ObserveContext, name: string) {
  const { Job } = await context.clients.glue.send(
    new GetJobCommand({ JobName: name }),
    { abortSignal: context.signal },
  );
  return {
    name: Job?.Name,
    // A job has no state of its own; its runs have.
    health: 'healthy' as const,
    status: 'defined',
    facts: [
      { label: 'Glue', text: Job?.GlueVersion ?? 'unknown' },
      {
        label: 'Workers',
        text: `${Job?.NumberOfWorkers ?? '?'} × ${Job?.WorkerType ?? '?'}`,
      },
      { label: 'Script', text: Job?.Command?.ScriptLocation ?? 'unknown' },
    ],
    updatedAt: toTimestamp(Job?.LastModifiedOn),
  };
}

/** The job's runs, newest first. https://docs.aws.amazon.com/glue/latest/webapi/API_GetJobRuns.html */
export async function listJobRuns(
  context: ObserveContext,
  name: string,
): Promise<RunPart[]> {
  const isOld = ({ StartedOn }: JobRun) =>
    StartedOn !== undefined && StartedOn < context.since;
  const runs = await listPages(
    async NextToken => {
      const page = await context.clients.glue.send(
        new GetJobRunsCommand({
          JobName: name,
          MaxResults: mostJobRuns,
          NextToken,
        }),
        { abortSignal: context.signal },
      );
      return { items: page.JobRuns ?? [], next: page.NextToken };
    },
    { most: mostJobRuns, until: isOld },
  );
  return runs
    .filter(run => !isOld(run))
    .map(run => toRunPart(context, name, run));
}

function toRunPart(
  context: ObserveContext,
  name: string,
  run: JobRun,
): RunPart {
  return {
    // A job run without the argument was started by hand.
    partOf: toPartOf({ runKey: run.Arguments?.['--run_id'] }),
    steps: [
      {
        id: `glue:job run:${run.Id}`,
        service: 'glue',
        kind: 'job run',
        name,
        state: lookUpState(jobRunState, run.JobRunState),
        status: run.JobRunState ?? 'unknown',
        startedAt: toTimestamp(run.StartedOn),
        endedAt: toTimestamp(run.CompletedOn),
        attempt: (run.Attempt ?? 0) + 1,
        error: run.ErrorMessage || undefined,
        consoleUrl: consoleUrl(context.environment, {
          of: 'glue-job-run',
          name,
          runId: run.Id ?? '',
        }),
      },
    ],
  };
}
