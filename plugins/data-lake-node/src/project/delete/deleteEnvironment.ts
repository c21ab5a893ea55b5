import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  DeletionPreview,
  EnvironmentRef,
  tagKeys,
} from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { deleteStack, findStack, StackState } from '@data-lake/cloudformation';
import {
  assertTaggedBucket,
  previewUpload,
  uploadFiles,
} from '@data-lake/s3-sync';
import { letRunsEnd } from './drainDag';
import { readMwaaEnvironment } from '../preflight/mwaaEnvironment';

/** What is torn down: by the catalog, or by `project.yaml` (see {@link toDeletionTarget}). @public */
export interface DeletionTarget {
  /** Its stacks are what there is; those that a project has by choice are found beside them. */
  environment: EnvironmentRef;
  /** Whose every stack must be, by its tag `data-lake:entity`. */
  entityRef: string;
  /** Where the DAG's files are; absent: as the main stack's outputs say, while it is there. */
  dags?: { bucket: string; prefix: string };
  /** First of the two keys to the data: `removable: true` of the environment in `project.yaml`. */
  removable?: boolean;
}

/** @public */
export interface DeleteEnvironmentOptions extends DeletionTarget {
  /** Of the environment's account and region. */
  clients: AwsClients;
  /** The name that {@link toConfirmation} gives; absent: it is only told what goes and what stays. */
  confirm?: string;
  /** Delete all objects of buckets that go and that are tagged as the entity's. */
  emptyBuckets?: boolean;
  /** Second key: what would outlive the stacks goes too, with all that its buckets hold. */
  removeData?: boolean;
  /** CloudFormation service role. */
  roleArn?: string;
  /** Bucket of the account that a template over 51,200 bytes goes by, where data is removed. */
  templateBucket?: string;
  /** Told the name of the change set that lets data go, and of which stack, such as for an audit. */
  onChangeSet?: (name: string, stackName: string) => void;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Bound of each stack's wait; 60 where absent. */
  timeoutMinutes?: number;
}

/**
 * Tells what tearing an environment down removes and leaves, and, where its name is confirmed, does so:
 * waits for the DAG's runs and pauses it, then deletes its files, then the stacks, each before the one it
 * builds on. Trying again goes on.
 *
 * Cancelled, it begins no other stack; the one that CloudFormation deletes goes on. The log says which
 * are left.
 *
 * @returns what was, or would be, removed and left
 * @throws InputError, ConflictError, NotAllowedError where it is refused; nothing was changed then
 * @throws DeletionFailedError with what could not be deleted, and why
 * @public
 */
export async function deleteEnvironment(
  options: DeleteEnvironmentOptions,
): Promise<DeletionPreview> {
  const { clients, environment, confirm } = options;
  const name = toConfirmation(environment);
  assertKeys(options, name);
  const log = confirm === undefined ? options.log : () => {};
  let told = await apply({ ...options, log, confirm: undefined });
  if (confirm !== undefined) {
    await assertMayEmpty(options, told);
    await letOwnRunsEnd(options);
    told = await apply(options);
  }
  return {
    environment: environment.name,
    account: clients.target.account,
    region: clients.target.region,
    confirm: name,
    ...told,
  };
}

function assertKeys(options: DeleteEnvironmentOptions, name: string): void {
  const { environment, confirm, removeData, removable } = options;
  if (confirm !== undefined && confirm !== name) {
    throw new InputError(
      `Nothing was deleted: type its name, ${name}, not '${confirm}'`,
    );
  }
  if (removeData && !removable) {
    throw new InputError(
      `The data of ${name} stays: project.yaml does not say removable: true for ${environment.name}. Change that first, by review`,
    );
  }
}

/**
 * What a person types to confirm: `<project>-<environment>`.
 *
 * @public
 */
export function toConfirmation({ stacks }: EnvironmentRef): string {
  const main = stacks.find(({ name }) => name.endsWith(mainSuffix));
  return main ? main.name.slice(0, -mainSuffix.length) : stacks[0].name;
}

const mainSuffix = '-foundations';

/** All or nothing: refused before the first stack is deleted, not between two. */
async function assertMayEmpty(
  options: DeleteEnvironmentOptions,
  { stacks }: Told,
): Promise<void> {
  const { clients, entityRef: entity, signal } = options;
  const full = stacks.flatMap(({ fullBuckets }) => fullBuckets);
  if (full.length === 0) return;
  if (!options.emptyBuckets && !options.removeData) {
    throw new ConflictError(
      `Nothing was deleted: ${full.join(
        ', ',
      )} would go and holds objects. Save what is needed, then empty it, or give emptyBuckets: true`,
    );
  }
  for (const bucket of full) {
    await assertTaggedBucket({ clients, bucket, entity, signal });
  }
}

type Told = Pick<DeletionPreview, 'stacks' | 'dags'>;

async function apply(options: DeleteEnvironmentOptions): Promise<Told> {
  const { entityRef: entity, confirm, log, signal } = options;
  const names = await listStackNames(options);
  const dags = await removeDags(options);
  const stacks: Told['stacks'] = [];
  for (const [at, name] of names.entries()) {
    try {
      const { deleted: _, ...deletion } = await deleteStack({
        ...options,
        stackName: name,
        entity,
        confirm: confirm === undefined ? undefined : name,
      });
      stacks.push({ name, ...deletion });
    } catch (error) {
      const left = names.slice(at + 1);
      if (signal?.aborted && left.length > 0) {
        log(`Left as they are: ${left.join(', ')}. Run again to go on`);
      }
      throw error;
    }
  }
  return { stacks, dags };
}

/** The stacks that are named, and those beside them that the project made by choice. */
async function listStackNames({
  clients,
  environment,
  entityRef,
  signal,
}: DeleteEnvironmentOptions): Promise<string[]> {
  const named = environment.stacks.map(({ name }) => name);
  const prefix = toConfirmation(environment);
  const beside = ['observability', 'mwaa']
    .map(stack => `${prefix}-${stack}`)
    .filter(name => !named.includes(name));
  const found = await Promise.all(
    beside.map(name => findStack(clients, name, signal)),
  );
  const ours = found.filter(
    stack => stack?.tags[tagKeys.entity] === entityRef,
  ) as StackState[];
  return [...named, ...ours.map(({ name }) => name)].sort(
    (a, b) => toRank(a) - toRank(b),
  );
}

/** What looks at the main stack goes before it, what the main stack stands on goes after it. */
function toRank(name: string): number {
  if (name.endsWith('-observability')) return 0;
  if (name.endsWith(mainSuffix)) return 2;
  return name.endsWith('-mwaa') ? 3 : 1;
}

/** Airflow forgets a DAG some minutes after its file is gone. */
async function removeDags(
  options: DeleteEnvironmentOptions,
): Promise<Told['dags']> {
  const { clients, confirm, log, signal } = options;
  const dags = options.dags ?? (await findDags(options));
  if (!dags) return undefined;
  const { bucket, prefix } = dags;
  const nothing = {
    clients,
    bucket,
    prefix,
    files: [],
    delete: true,
    maxDeleted: Infinity,
    log,
    signal,
  };
  try {
    const { deletes } = await previewUpload(nothing);
    if (confirm !== undefined) await uploadFiles(nothing);
    return { place: `s3://${bucket}/${prefix}`, files: deletes };
  } catch (error) {
    // a bucket that is gone took the files along
    if (!(error instanceof NotFoundError)) throw error;
    log(`There is no bucket ${bucket} any more, and so no file of the DAG`);
    return undefined;
  }
}

/** Of the DAG that the main stack names. */
async function letOwnRunsEnd(options: DeleteEnvironmentOptions): Promise<void> {
  const { DagId: dagId, MwaaEnvironmentName: environment } =
    await readMainOutputs(options);
  if (!dagId || !environment) return;
  await letRunsEnd({ ...options, environment, dagId });
}

/** As the main stack says. */
async function findDags(
  options: DeleteEnvironmentOptions,
): Promise<DeletionTarget['dags']> {
  const { clients, signal } = options;
  const outputs = await readMainOutputs(options);
  const { MwaaBucketName: bucket, DagId, MwaaEnvironmentName } = outputs;
  if (!bucket || !DagId) return undefined;
  return { bucket, prefix: `${await findDagPath()}/${DagId}/` };

  async function findDagPath(): Promise<string> {
    try {
      const of = { clients, name: MwaaEnvironmentName, signal };
      return (await readMwaaEnvironment(of)).dagPath;
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return 'dags';
    }
  }
}

/** None where it is gone, or not the entity's. */
async function readMainOutputs({
  clients,
  environment,
  entityRef,
  signal,
}: DeleteEnvironmentOptions): Promise<Record<string, string>> {
  const name = `${toConfirmation(environment)}${mainSuffix}`;
  const main = await findStack(clients, name, signal);
  return main?.tags[tagKeys.entity] === entityRef ? main.outputs : {};
}
