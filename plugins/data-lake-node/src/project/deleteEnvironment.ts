import { InputError, NotFoundError } from '@backstage/errors';
import {
  DeletionPreview,
  EnvironmentRef,
  tagKeys,
} from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '../aws/clients';
import { deleteStack } from '../deploy/deleteStack';
import { findStack, StackState } from '../deploy/stack';
import { previewUpload } from '../upload/previewUpload';
import { uploadFiles } from '../upload/uploadFiles';
import { readMwaaEnvironment } from './mwaaEnvironment';

/** @public */
export interface DeleteEnvironmentOptions {
  clients: AwsClients;
  /** As the catalog names it: its stacks are what there is. */
  environment: EnvironmentRef;
  /** Whose every stack must be, by its tag `data-lake:entity`. */
  entityRef: string;
  /** The name that {@link toConfirmation} gives; absent: it is only told what goes and what stays. */
  confirm?: string;
  /** Delete all objects of buckets that go and that are tagged as the entity's. */
  emptyBuckets?: boolean;
  /** CloudFormation service role. */
  roleArn?: string;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Bound of each stack's wait; 60 where absent. */
  timeoutMinutes?: number;
}

/**
 * Tells what tearing an environment down removes and leaves, and, where its name is confirmed, does so:
 * the DAG's files first, then the stacks, each before the one it builds on. Trying again goes on.
 *
 * @returns what was, or would be, removed and left
 * @throws InputError, ConflictError, NotAllowedError where it is refused
 * @throws DeletionFailedError with what could not be deleted, and why
 * @public
 */
export async function deleteEnvironment(
  options: DeleteEnvironmentOptions,
): Promise<DeletionPreview> {
  const { clients, environment, confirm } = options;
  const name = toConfirmation(environment);
  if (confirm !== undefined && confirm !== name) {
    throw new InputError(
      `Nothing was deleted: to confirm, give the name ${name}, not '${confirm}'`,
    );
  }
  let told = await apply({ ...options, confirm: undefined });
  if (confirm !== undefined) {
    assertMayEmpty(options, told);
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
function assertMayEmpty(
  { emptyBuckets }: DeleteEnvironmentOptions,
  { stacks }: Told,
): void {
  const full = stacks.flatMap(({ fullBuckets }) => fullBuckets);
  if (full.length === 0 || emptyBuckets) return;
  throw new InputError(
    `Nothing was deleted: ${full.join(
      ', ',
    )} would go and holds objects. Save what is needed, then empty it, or give emptyBuckets: true`,
  );
}

type Told = Pick<DeletionPreview, 'stacks' | 'dags'>;

async function apply(options: DeleteEnvironmentOptions): Promise<Told> {
  const { clients, environment, entityRef: entity, signal } = options;
  const names = await listStackNames(options);
  const main = await findStack(
    clients,
    `${toConfirmation(environment)}${mainSuffix}`,
    signal,
  );
  const dags =
    main?.tags[tagKeys.entity] === entity
      ? await removeDags(options, main)
      : undefined;
  const stacks: Told['stacks'] = [];
  for (const name of names) {
    const { deleted: _, ...deletion } = await deleteStack({
      ...options,
      stackName: name,
      entity,
      confirm: options.confirm === undefined ? undefined : name,
    });
    stacks.push({ name, ...deletion });
  }
  return { stacks, dags };
}

/** The stacks of the annotation, and those beside them that the project made by choice. */
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
  { outputs }: StackState,
): Promise<Told['dags']> {
  const { clients, confirm, log, signal } = options;
  const { MwaaBucketName: bucket, DagId, MwaaEnvironmentName } = outputs;
  if (!bucket || !DagId) return undefined;
  const prefix = `${await findDagPath()}/${DagId}/`;
  const place = `s3://${bucket}/${prefix}`;
  const nothing = {
    clients,
    bucket,
    prefix,
    files: [],
    delete: true,
    log,
    signal,
  };
  try {
    const { deletes } = await previewUpload(nothing);
    if (confirm !== undefined) {
      await uploadFiles({ ...nothing, maxDeleted: deletes.length });
    }
    return { place, files: deletes };
  } catch (error) {
    // a bucket that is gone took the files along
    if (!(error instanceof NotFoundError)) throw error;
    log(`There is no bucket ${bucket} any more, and so no file of the DAG`);
    return undefined;
  }

  async function findDagPath(): Promise<string> {
    try {
      const name = MwaaEnvironmentName;
      return (await readMwaaEnvironment({ clients, name, signal })).dagPath;
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return 'dags';
    }
  }
}
