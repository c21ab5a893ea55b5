import {
  Cluster,
  DescribeClusterCommand,
  ListClustersCommand,
  ListStepsCommand,
  StepSummary,
} from '@aws-sdk/client-emr';
import {
  isEnded,
  Problem,
  Step,
  tagKeys,
  toRunKey,
} from '@data-lake/plugin-data-lake-common';
import { consoleUrl, listPages } from '@data-lake/aws';
import { Observation, ObserveContext, ServiceAdapter, Trace } from '../adapter';
import { known } from '../known';
import { reading } from '../reading';
import { findPrefix, listResources } from '../stackIndex';
import { toTimestamp } from '../timestamp';
import { clusterHealth, clusterState, stepState } from './status';

/** ListClusters refills one call in two seconds, and has no filter by name. */
const mostListed = 200;
/** Each costs a DescribeCluster and a ListSteps, of which ten are there at once. */
const mostClusters = 10;
const mostSteps = 100;

/** The transient clusters of the runs, by name and tags, and their steps. */
export const emr = {
  id: 'emr',
  resourceTypes: ['AWS::EMR::Cluster'],
  async observe(context): Promise<Observation> {
    const read = reading(context, 'emr');
    const prefix = findPrefix(context.stacks);
    const resources = await read.describeAll(
      listResources(context.stacks, emr.resourceTypes),
      ({ id }) => ({
        doing: {
          what: `reading cluster ${id}`,
          action: 'elasticmapreduce:DescribeCluster',
        },
        read: async () => toState(await describeCluster(context, id)),
      }),
    );
    if (!runsOnEmr(context)) {
      return { resources, traces: [], problems: read.problems };
    }
    if (!prefix) {
      read.problems.push(namelessProblem);
      return { resources, traces: [], problems: read.problems };
    }
    const listed = await read.attempt(
      {
        what: `listing clusters named ${prefix}-…`,
        action: 'elasticmapreduce:ListClusters',
      },
      () => listClusterIds(context, `${prefix}-`),
    );
    const traces = await Promise.all(
      (listed ?? []).map(id =>
        read.limit(() => traceCluster(context, { id, prefix, read })),
      ),
    );
    return {
      resources,
      traces: traces.flatMap(trace => trace ?? []),
      problems: read.problems,
    };
  },
} satisfies ServiceAdapter;

/** Clusters are made by runs, not by the stack: only their name leads to them. */
const namelessProblem: Problem = {
  service: 'emr',
  health: 'unknown',
  message: `Clusters are not looked for: no stack has the tags ${tagKeys.project} and ${tagKeys.environment}. Deploy it with them`,
};

/** The role of the clusters is in the stack where the project computes on EMR. */
function runsOnEmr({ stacks }: ObserveContext): boolean {
  return !stacks.some(stack =>
    stack.resources.some(
      ({ type }) => type === 'AWS::EMRServerless::Application',
    ),
  );
}

/** Newest first. https://docs.aws.amazon.com/emr/latest/APIReference/API_ListClusters.html */
async function listClusterIds(
  context: ObserveContext,
  namePrefix: string,
): Promise<string[]> {
  const clusters = await listPages(
    async Marker => {
      const page = await context.clients.emr.send(
        new ListClustersCommand({ CreatedAfter: context.since, Marker }),
        { abortSignal: context.signal },
      );
      return { items: page.Clusters ?? [], next: page.Marker };
    },
    { most: mostListed },
  );
  return clusters
    .filter(({ Name }) => Name?.startsWith(namePrefix))
    .slice(0, mostClusters)
    .map(({ Id }) => Id!);
}

/** https://docs.aws.amazon.com/emr/latest/APIReference/API_DescribeCluster.html */
async function describeCluster(
  context: ObserveContext,
  id: string,
): Promise<Cluster> {
  const found = await context.clients.emr.send(
    new DescribeClusterCommand({ ClusterId: id }),
    { abortSignal: context.signal },
  );
  return found.Cluster ?? {};
}

/** https://docs.aws.amazon.com/emr/latest/APIReference/API_ListSteps.html */
function listSteps(
  context: ObserveContext,
  id: string,
): Promise<StepSummary[]> {
  return listPages(
    async Marker => {
      const page = await context.clients.emr.send(
        new ListStepsCommand({ ClusterId: id, Marker }),
        { abortSignal: context.signal },
      );
      return { items: page.Steps ?? [], next: page.Marker };
    },
    { most: mostSteps },
  );
}

async function traceCluster(
  context: ObserveContext,
  options: { id: string; prefix: string; read: ReturnType<typeof reading> },
): Promise<Trace | undefined> {
  const { id, prefix, read } = options;
  const cluster = await read.attempt(
    {
      what: `reading cluster ${id}`,
      action: 'elasticmapreduce:DescribeCluster',
    },
    () => describeCluster(context, id),
  );
  if (!cluster || !isOwned(cluster, prefix)) return undefined;
  const steps = await read.attempt(
    {
      what: `listing steps of cluster ${id}`,
      action: 'elasticmapreduce:ListSteps',
    },
    () => listSteps(context, id),
  );
  return toTrace(context, { cluster, steps: steps ?? [], prefix });
}

/** `movielens-demo-` begins the names of project `movielens-demo` too: the tags tell. */
function isOwned(cluster: Cluster, prefix: string): boolean {
  const tags = toTags(cluster);
  return `${tags[tagKeys.project]}-${tags[tagKeys.environment]}` === prefix;
}

const toTags = (cluster: Cluster): Record<string, string> =>
  Object.fromEntries((cluster.Tags ?? []).map(tag => [tag.Key!, tag.Value!]));

function toTrace(
  context: ObserveContext,
  options: { cluster: Cluster; steps: StepSummary[]; prefix: string },
): Trace {
  const { cluster, steps, prefix } = options;
  const runId = toTags(cluster)[tagKeys.runId];
  const state = known(clusterState, cluster.Status?.State);
  const times = cluster.Status?.Timeline;
  const root: Step = {
    id: `emr:cluster:${cluster.Id}`,
    service: 'emr',
    kind: 'cluster',
    name: cluster.Name ?? cluster.Id!,
    state,
    status: cluster.Status?.State ?? 'unknown',
    startedAt: toTimestamp(times?.CreationDateTime),
    endedAt: toTimestamp(times?.EndDateTime),
    // A terminated cluster says why too, and that is no error.
    error:
      state === 'failed'
        ? cluster.Status?.StateChangeReason?.Message
        : undefined,
    consoleUrl: toUrl(context, cluster.Id!),
  };
  return {
    key: runId ? toRunKey(runId) : cluster.Name?.slice(prefix.length + 1),
    steps: [root, ...steps.map(step => toStep(root, step)).reverse()],
  };
}

function toStep(root: Step, step: StepSummary): Step {
  const times = step.Status?.Timeline;
  const state = known(stepState, step.Status?.State);
  const failure = step.Status?.FailureDetails;
  return {
    id: `emr:step:${step.Id}`,
    parent: root.id,
    service: 'emr',
    kind: 'step',
    name: step.Name ?? step.Id!,
    state,
    status: step.Status?.State ?? 'unknown',
    startedAt: toTimestamp(times?.StartDateTime ?? times?.CreationDateTime),
    endedAt: isEnded(state) ? toTimestamp(times?.EndDateTime) : undefined,
    error:
      [failure?.Reason?.replace(/\.$/, ''), failure?.Message]
        .filter(Boolean)
        .join(': ') || undefined,
    consoleUrl: root.consoleUrl,
  };
}

const toUrl = (context: ObserveContext, id: string) =>
  consoleUrl(context.environment, { of: 'emr-cluster', id });

function toState(cluster: Cluster) {
  return {
    name: cluster.Name,
    health: known(clusterHealth, cluster.Status?.State),
    status: cluster.Status?.State ?? 'unknown',
    reason: cluster.Status?.StateChangeReason?.Message,
    facts: [{ label: 'Release', text: cluster.ReleaseLabel ?? 'unknown' }],
    updatedAt: toTimestamp(cluster.Status?.Timeline?.CreationDateTime),
  };
}
