import { Cluster } from '@aws-sdk/client-emr';
import { isOwnedBy, tagKeys } from '@data-lake/plugin-data-lake-common';
import { ObserveContext } from '../adapter';
import { AdapterReader } from '../AdapterReader';
import { listResources } from '../stackIndex';
import { describeCluster } from './clusters';
import { toTags } from './toRunPart';

/** DescribeCluster and ListSteps have a burst of ten. */
const mostClusters = 10;
const mostDescribed = 40;

/**
 * Lists the newest clusters that are the environment's. Whoever may start a cluster may name and tag it as they
 * like, and another project's names may start with `movielens-demo-` too: the entity in the tags and a service role
 * of the entity's own stacks decide. What is not looked at becomes a problem, so that no others' clusters hide its own.
 *
 * @param options - `ids`: of the clusters whose names begin as the environment's, newest first
 */
export async function listOwnClusters(
  context: ObserveContext,
  options: { ids: string[]; prefix: string; reader: AdapterReader },
): Promise<Cluster[]> {
  const { ids, prefix, reader } = options;
  const own: Cluster[] = [];
  const forged: Cluster[] = [];
  let looked = 0;
  while (looked < Math.min(ids.length, mostDescribed)) {
    if (own.length >= mostClusters) break;
    const next = ids.slice(looked, looked + mostClusters);
    looked += next.length;
    for (const cluster of await describeClusters(context, reader, next)) {
      if (!hasOwnTags(cluster, context, prefix)) continue;
      (hasOwnRole(cluster, context) ? own : forged).push(cluster);
    }
  }
  if (own.length < mostClusters && looked < ids.length) {
    report(
      reader,
      `${
        ids.length - looked
      } clusters named ${prefix}-… are not looked at, of which some may be of ${
        context.entityRef
      }: the newest ${looked} are others'. Have these named otherwise`,
    );
  }
  if (forged.length > 0) {
    const which = forged.map(({ Id }) => Id).join(', ');
    report(
      reader,
      `Cluster ${which} has the tags of ${context.entityRef}, and its service role is of none of its stacks, so it is not read. Start it with the role of the stack`,
    );
  }
  return own.slice(0, mostClusters);
}

async function describeClusters(
  context: ObserveContext,
  reader: AdapterReader,
  ids: string[],
): Promise<Cluster[]> {
  const clusters = await Promise.all(
    ids.map(id =>
      reader.limit(() =>
        reader.attempt(
          {
            what: `reading cluster ${id}`,
            action: 'elasticmapreduce:DescribeCluster',
          },
          () => describeCluster(context, id),
        ),
      ),
    ),
  );
  return clusters.flatMap((cluster, i) =>
    cluster ? { ...cluster, Id: ids[i] } : [],
  );
}

function report({ problems }: AdapterReader, message: string): void {
  problems.push({ service: 'emr', health: 'unknown', message });
}

function hasOwnTags(
  cluster: Cluster,
  { entityRef }: ObserveContext,
  prefix: string,
): boolean {
  const tags = toTags(cluster);
  return (
    isOwnedBy(tags, entityRef) &&
    `${tags[tagKeys.project]}-${tags[tagKeys.environment]}` === prefix
  );
}

/** The role is a name or an ARN, as it was given. */
function hasOwnRole(
  { ServiceRole = '' }: Cluster,
  { stacks }: ObserveContext,
): boolean {
  const name = ServiceRole.split('/').pop();
  return listResources(stacks, ['AWS::IAM::Role']).some(
    ({ id }) => id === name,
  );
}
