import { AwsClients } from '@data-lake/aws';
import { StackDeletionPlan } from '@data-lake/cloudformation';
import { NamedResource } from '@data-lake/plugin-data-lake-common';
import { KeptOfStack } from '../kept/listKept';
import { Foundations } from './findFoundations';
import { listLogGroups } from './logGroups';
import { findMeaning } from './meanings';
import { DagFiles } from './planDagFiles';

/** What there is of an environment beside its stacks: what a deletion removes of it, and what it leaves. @public */
export interface BesideStacks {
  goes: NamedResource[];
  stays: NamedResource[];
}

interface Options {
  clients: AwsClients;
  /** `P-E` */
  prefix: string;
  removeData?: boolean;
  stacks: readonly StackDeletionPlan[];
  kept: readonly KeptOfStack[];
  foundations?: Foundations;
  dags?: DagFiles;
  signal?: AbortSignal;
}

/** Lists what there is of an environment beside its stacks, so that nothing of it is left untold. */
export async function planBeside(options: Options): Promise<BesideStacks> {
  const logs = await listLogs(options);
  const { removeData } = options;
  return {
    goes: removeData ? logs.known : [],
    stays: [
      ...listOthers(options),
      ...listUnknown(options),
      ...listGiven(options),
      ...listOfAirflow(options),
      ...(removeData ? [] : logs.known),
      ...logs.unknown,
    ],
  };
}

/** Resources of the environment's names that its stacks, which exist, do not have. */
function listOthers({ stacks, kept }: Options): NamedResource[] {
  const known = listPhysicalIds(stacks);
  return kept
    .flatMap(({ resources }) => resources)
    .filter(({ physicalId }) => !known.has(physicalId))
    .map(({ type, physicalId, logicalId }) => ({
      type,
      name: physicalId,
      meaning: `${findMeaning({ logicalId })}; no stack has it`,
    }));
}

const listUnknown = ({ kept }: Options): NamedResource[] =>
  kept
    .flatMap(({ unknown }) => unknown)
    .map(({ name, reason }) => ({
      type: 'AWS::S3::Bucket',
      name,
      meaning: `perhaps there, and perhaps of the environment: ${reason}`,
    }));

/** Buckets that were there before the environment. */
const listGiven = ({ foundations }: Options): NamedResource[] =>
  (foundations?.given ?? []).map(({ name, holds }) => ({
    type: 'AWS::S3::Bucket',
    name,
    meaning: `existing bucket that the project was given, with ${holds}`,
  }));

function listOfAirflow({
  foundations,
  dags,
  stacks,
}: Options): NamedResource[] {
  const going = new Set(
    stacks.flatMap(({ goes }) => goes.map(({ physicalId }) => physicalId)),
  );
  const { airflow } = foundations ?? {};
  const stays: NamedResource[] = [];
  if (airflow && !going.has(airflow.environment)) {
    stays.push({
      type: 'AWS::MWAA::DAG',
      name: airflow.dagId,
      meaning: `its entry in Airflow of ${airflow.environment}, paused, with the history of its runs`,
    });
  }
  if (dags && !going.has(dags.bucket)) {
    stays.push({
      type: 'AWS::S3::Object',
      name: `s3://${dags.bucket}/${dags.prefix}`,
      meaning:
        'former versions of the files that are deleted there, as long as the bucket keeps versions',
    });
  }
  return stays;
}

/** Log groups that could not be listed are told too: they may be there. */
async function listLogs({ stacks, ...options }: Options) {
  const type = 'AWS::Logs::LogGroup';
  try {
    const inStacks = listPhysicalIds(stacks);
    const names = await listLogGroups(options);
    const known = names
      .filter(name => !inStacks.has(name))
      .map(name => ({ type, name, meaning: 'logs that AWS services wrote' }));
    return { known, unknown: [] };
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const meaning = `perhaps log groups, which could not be listed: ${
      (error as Error).message
    }`;
    return { known: [], unknown: [{ type, name: options.prefix, meaning }] };
  }
}

const listPhysicalIds = (stacks: readonly StackDeletionPlan[]) =>
  new Set(
    stacks.flatMap(({ goes, stays }) =>
      [...goes, ...stays].map(({ physicalId }) => physicalId),
    ),
  );
