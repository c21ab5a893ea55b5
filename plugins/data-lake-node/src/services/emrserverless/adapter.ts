import {
  GetApplicationCommand,
  GetJobRunCommand,
  JobRun,
  JobRunSummary,
  ListJobRunsCommand,
} from '@aws-sdk/client-emr-serverless';
import {
  isEnded,
  listRunKeys,
  lookUpState,
  RunPart,
  tagKeys,
  toPartOf,
} from '@data-lake/plugin-data-lake-common';
import { ObserveContext, ServiceAdapter } from '../adapter';
import { listPages } from '@data-lake/aws';
import { AdapterReader } from '../AdapterReader';
import { toResourceUrl } from '../toResourceUrl';
import { findPrefix, listResources } from '../stackIndex';
import { toTimestamp } from '../toTimestamp';
import { applicationHealth, jobRunState } from './status';

/** Each is read by itself: a listing leaves out the tags. */
const mostJobRuns = 50;

/** The application and its job runs: the Spark steps of projects without clusters. */
export const emrserverless = {
  id: 'emrserverless',
  resourceTypes: ['AWS::EMRServerless::Application'],
  async observe(context) {
    const reader = new AdapterReader(context, 'emrserverless');
    const resources = await reader.describeAll(
      listResources(context.stacks, emrserverless.resourceTypes),
      ({ id }) => ({
        doing: {
          what: `reading EMR Serverless application ${id}`,
          action: 'emr-serverless:GetApplication',
        },
        read: () => readApplication(context, id),
      }),
    );
    const existing = resources.filter(({ health }) => health !== 'gone');
    const parts = await Promise.all(
      existing.map(({ id }) => listParts(context, id, reader)),
    );
    return { resources, parts: parts.flat(), problems: reader.problems };
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
    health: lookUpState(applicationHealth, application?.state),
    status: application?.state ?? 'unknown',
    reason: application?.stateDetails || undefined,
    facts: [{ label: 'Release', text: application?.releaseLabel ?? 'unknown' }],
    updatedAt: toTimestamp(application?.updatedAt),
  };
}

async function listParts(
  context: ObserveContext,
  applicationId: string,
  reader: AdapterReader,
): Promise<RunPart[]> {
  const listed = await reader.attempt(
    {
      what: `listing job runs of application ${applicationId}`,
      action: 'emr-serverless:ListJobRuns',
    },
    () => listJobRuns(context, applicationId),
  );
  const parts = await Promise.all(
    (listed ?? []).map(summary =>
      reader.limit(async () => {
        const run = await reader.attempt(
          {
            what: `reading job run ${summary.id}`,
            action: 'emr-serverless:GetJobRun',
          },
          () => getJobRun(context, applicationId, summary.id!),
        );
        return run ? [toRunPart(context, applicationId, run)] : [];
      }),
    ),
  );
  return parts.flat();
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

function toRunPart(
  context: ObserveContext,
  applicationId: string,
  run: JobRun,
): RunPart {
  const runId = run.tags?.[tagKeys.runId];
  const state = lookUpState(jobRunState, run.state);
  return {
    // A job run without the tag was started by hand.
    partOf: toPartOf({ runId }),
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
        consoleUrl: toResourceUrl(context.environment, {
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
  const before = listRunKeys(run.tags?.[tagKeys.runId] ?? '')
    .map(runKey => `${findPrefix(stacks)}-${runKey}-`)
    .find(each => name.startsWith(each));
  return before ? name.slice(before.length) : name;
}
