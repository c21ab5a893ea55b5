import { Cluster } from '@aws-sdk/client-emr';
import {
  lookUpState,
  ObservedResource,
  Problem,
  RunPart,
  tagKeys,
} from '@data-lake/plugin-data-lake-common';
import { ObserveContext, ServiceAdapter } from '../adapter';
import { AdapterReader } from '../AdapterReader';
import { findPrefix, listResources } from '../stackIndex';
import { toTimestamp } from '../toTimestamp';
import { describeCluster, listClusterIds, listSteps } from './clusters';
import { listOwnClusters } from './listOwnClusters';
import { clusterHealth } from './status';
import { toRunPart } from './toRunPart';

/** The transient clusters of the runs, by name and tags, and their steps. */
export const emr = {
  id: 'emr',
  resourceTypes: ['AWS::EMR::Cluster'],
  async observe(context) {
    const reader = new AdapterReader(context, 'emr');
    const resources = await describeOwn(context, reader);
    const parts = runsOnEmr(context) ? await listParts(context, reader) : [];
    return { resources, parts, problems: reader.problems };
  },
} satisfies ServiceAdapter;

/** Describes the clusters that the stacks themselves made. */
function describeOwn(
  context: ObserveContext,
  reader: AdapterReader,
): Promise<ObservedResource[]> {
  return reader.describeAll(
    listResources(context.stacks, emr.resourceTypes),
    ({ id }) => ({
      doing: {
        what: `reading cluster ${id}`,
        action: 'elasticmapreduce:DescribeCluster',
      },
      read: async () => toState(await describeCluster(context, id)),
    }),
  );
}

/** The stack has a role for clusters if the project computes on EMR. */
function runsOnEmr({ stacks }: ObserveContext): boolean {
  return !stacks.some(stack =>
    stack.resources.some(
      ({ type }) => type === 'AWS::EMRServerless::Application',
    ),
  );
}

/** Lists the clusters that runs made; no stack has them, so only their name leads to them. */
async function listParts(
  context: ObserveContext,
  reader: AdapterReader,
): Promise<RunPart[]> {
  const prefix = findPrefix(context.stacks);
  if (!prefix) {
    reader.problems.push(namelessProblem);
    return [];
  }
  const ids = await reader.attempt(
    {
      what: `listing clusters named ${prefix}-…`,
      action: 'elasticmapreduce:ListClusters',
    },
    () => listClusterIds(context, `${prefix}-`),
  );
  const clusters = await listOwnClusters(context, {
    ids: ids ?? [],
    prefix,
    reader,
  });
  return Promise.all(
    clusters.map(cluster =>
      reader.limit(() => readPart(context, { cluster, prefix, reader })),
    ),
  );
}

const namelessProblem: Problem = {
  service: 'emr',
  health: 'unknown',
  message: `Clusters are not listed: no stack has the tags ${tagKeys.project} and ${tagKeys.environment}. Deploy it with them`,
};

async function readPart(
  context: ObserveContext,
  options: { cluster: Cluster; prefix: string; reader: AdapterReader },
): Promise<RunPart> {
  const { cluster, prefix, reader } = options;
  const steps = await reader.attempt(
    {
      what: `listing steps of cluster ${cluster.Id}`,
      action: 'elasticmapreduce:ListSteps',
    },
    () => listSteps(context, cluster.Id!),
  );
  return toRunPart(context, { cluster, steps: steps ?? [], prefix });
}

function toState(cluster: Cluster) {
  return {
    name: cluster.Name,
    health: lookUpState(clusterHealth, cluster.Status?.State),
    status: cluster.Status?.State ?? 'unknown',
    reason: cluster.Status?.StateChangeReason?.Message,
    facts: [{ label: 'Release', text: cluster.ReleaseLabel ?? 'unknown' }],
    updatedAt: toTimestamp(cluster.Status?.Timeline?.CreationDateTime),
  };
}
