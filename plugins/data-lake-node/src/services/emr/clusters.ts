import {
  Cluster,
  DescribeClusterCommand,
  ListClustersCommand,
  ListStepsCommand,
  StepSummary,
} from '@aws-sdk/client-emr';
import { listPages } from '@data-lake/aws';
import { ObserveContext } from '../adapter';

/** ListClusters refills one call in two seconds, and has no filter by name. */
const mostListed = 200;
const mostSteps = 100;

/** Newest first. https://docs.aws.amazon.com/emr/latest/APIReference/API_ListClusters.html */
export async function listClusterIds(
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
    .map(({ Id }) => Id!);
}

/** https://docs.aws.amazon.com/emr/latest/APIReference/API_DescribeCluster.html */
export async function describeCluster(
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
export function listSteps(
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
