import {
  GetApplicationCommand,
  GetJobRunCommand,
  JobRun,
  JobRunSummary,
  ListJobRunsCommand,
} from '@aws-sdk/client-emr-serverless';
import { isEnded, tagKeys, toRunKey } from '@data-lake/plugin-data-lake-common';
import { ObserveContext, ServiceAdapter, Trace } from '../adapter';
import { known } from '../known';
import { listPages } from '@data-lake/aws';
import { reading } from '../reading';
import { resourceUrl } from '../resourceUrl';
import { findPrefix, listResources } from '../stackIndex';
import { toTimestamp } from '../timestamp';
import { applicationHealth, jobRunState } from './status';

/** Each is read by itself for its tag, which a listing leaves out. */
const mostJobRuns = 50;

/** The application and its job runs: the Spark steps where there is no cluster. */
export const emrserverless = {
  id: 'emrserverless',
  resourceTypes: ['AWS::EMRServerless::Application'],
  async observe(context) {
    const read = reading(context, 'emrserverless');
    const resources = await read.describeAll(
      listResources(context.stacks, emrserverless.resourceTypes),
      ({ id }) => ({
        doing: {
          what: `reading EMR Serverless application ${id}`,
          action: 'emr-serverless:GetApplication',
        },
        read: () => readApplication(context, id),
      }),
    );
    const there = resources.filter(({ health }) => health !== 'gone');
    const traces = await Promise.all(
      there.map(({ id }) => traceApplication(context, id, read)),
    );
    return { resources, traces: traces.flat(), problems: read.problems };
  },
} satisfies ServiceAdapter;

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_GetApplication.html */
async function readApplication(context: ObserveContext, id: string) {
  const { application } = await context.clients.emrServerless.send(
    new GetApplicationCommand({ applicationId: id }),
    { abortSignal: context.signal },
  );
  return {
    name: application?.name,
    health: known(applicationHealth, application?.state),
    status: application?.state ?? 'unknown',
    reason: application?.stateDetails || undefined,
    facts: [{ label: 'Release', text: application?.releaseLabel ?? 'unknown' }],
    updatedAt: toTimestamp(application?.updatedAt),
  };
}

async function traceApplication(
  context: ObserveContext,
  applicationId: string,
  { attempt, limit }: ReturnType<typeof reading>,
): Promise<Trace[]> {
  const listed = await attempt(
    {
      what: `listing job runs of application ${applicationId}`,
      action: 'emr-serverless:ListJobRuns',
    },
    () => listJobRuns(context, applicationId),
  );
  const traces = await Promise.all(
    (listed ?? []).map(summary =>
      limit(async () => {
        const run = await attempt(
          {
            what: `reading job run ${summary.id}`,
            action: 'emr-serverless:GetJobRun',
          },
          () => getJobRun(context, applicationId, summary.id!),
        );
        return run ? [toTrace(context, applicationId, run)] : [];
      }),
    ),
  );
  return traces.flat();
}

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_ListJobRuns.html */
function listJobRuns(
  context: ObserveContext,
  applicationId: string,
): Promise<JobRunSummary[]> {
  return listPages(
    async nextToken => {
      const page = await context.clients.emrServerless.send(
        new ListJobRunsCommand({
          applicationId,
          createdAtAfter: context.since,
          maxResults: mostJobRuns,
          nextToken,
        }),
        { abortSignal: context.signal },
      );
      return { items: page.jobRuns ?? [], next: page.nextToken };
    },
    { most: mostJobRuns },
  );
}

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_GetJobRun.html */
async function getJobRun(
  context: ObserveContext,
  applicationId: string,
  jobRunId: string,
) {
  const { jobRun } = await context.clients.emrServerless.send(
    new GetJobRunCommand({ applicationId, jobRunId }),
    { abortSignal: context.signal },
  );
  return jobRun;
}

function toTrace(
  context: ObserveContext,
  applicationId: string,
  run: JobRun,
): Trace {
  const runId = run.tags?.[tagKeys.runId];
  const state = known(jobRunState, run.state);
  return {
    // Without the tag somebody started it by hand: it is part of no run.
    key: runId === undefined ? '' : toRunKey(runId),
    steps: [
      {
        id: `emrserverless:job:${run.jobRunId}`,
        service: 'emrserverless',
        kind: 'job',
        name: toTaskName(context, run),
        state,
        status: run.state ?? 'unknown',
        startedAt: toTimestamp(run.startedAt ?? run.createdAt),
        endedAt: isEnded(state)
          ? toTimestamp(run.endedAt ?? run.updatedAt)
          : undefined,
        attempt: run.attempt,
        error: state === 'failed' ? run.stateDetails || undefined : undefined,
        consoleUrl: resourceUrl(context.environment, {
          type: 'AWS::EMRServerless::Application',
          id: applicationId,
        }),
      },
    ],
  };
}

/** The DAG names a job run `P-E-<run key>-<task>`; the page calls it by its task. */
function toTaskName({ stacks }: ObserveContext, run: JobRun): string {
  const name = run.name ?? run.jobRunId!;
  const runKey = toRunKey(run.tags?.[tagKeys.runId] ?? '');
  const before = `${findPrefix(stacks)}-${runKey}-`;
  return name.startsWith(before) ? name.slice(before.length) : name;
}
