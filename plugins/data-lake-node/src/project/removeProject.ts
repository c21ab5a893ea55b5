import { InputError, NotFoundError } from '@backstage/errors';
import { Project } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '../aws/clients';
import { Deletion, deleteStack } from '../deploy/deleteStack';
import { previewUpload } from '../upload/previewUpload';
import { uploadFiles } from '../upload/uploadFiles';
import { toDeployment, pickEnvironment } from './deployment';
import { listProjectStacks } from './projectStacks';
import { letDataGo } from './letDataGo';

/** @public */
export interface RemoveOptions {
  /** Of the environment's account and region. */
  clients: AwsClients;
  project: Project;
  /** Name of an environment. */
  environment: string;
  /** `<project>-<environment>`; absent: it is only told what would go and what would stay. */
  confirm?: string;
  /**
   * The data goes too: the second of two keys, the first of which is `removable: true` of the
   * environment in project.yaml.
   */
  removeData?: boolean;
  /** CloudFormation service role. */
  roleArn?: string;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Bound of the wait for each stack; 60 where absent. */
  timeoutMinutes?: number;
}

/** @public */
export interface ProjectRemoval {
  /** By name, in the order in which they are deleted. */
  stacks: Record<string, Deletion>;
  /** Paths below the DAG prefix that are, or would be, deleted. */
  dags: string[];
}

/**
 * Takes an environment away: the DAG's files first, then its stacks in the opposite order of
 * `project.yaml`. What outlives a stack stays, unless both keys to the data are given. Run again, it
 * goes on.
 *
 * @throws InputError where a key is missing or wrong; nothing was changed then
 * @throws what {@link deleteStack} throws
 * @public
 */
export async function removeProject(
  options: RemoveOptions,
): Promise<ProjectRemoval> {
  const { clients, project, environment, confirm, log, signal } = options;
  assertKeys(options);
  const stacks: Record<string, Deletion> = {};
  const dags = await removeDags(options);
  for (const { name, stackName } of listProjectStacks(
    project,
    environment,
  ).reverse()) {
    if (options.removeData && confirm !== undefined) {
      await letDataGo({ ...options, stackName, entity: project.entity });
    }
    stacks[name] = await deleteStack({
      clients,
      stackName,
      entity: project.entity,
      confirm: confirm === undefined ? undefined : stackName,
      emptyBuckets: options.removeData,
      roleArn: options.roleArn,
      log,
      signal,
      timeoutMinutes: options.timeoutMinutes,
    });
  }
  return { stacks, dags };
}

function assertKeys(options: RemoveOptions): void {
  const { project, environment, confirm, removeData } = options;
  const { name, removable } = pickEnvironment(project, environment);
  const full = `${project.name}-${name}`;
  if (confirm !== undefined && confirm !== full) {
    throw new InputError(
      `Nothing was removed: type its name, ${full}, not '${confirm}'`,
    );
  }
  if (removeData && !removable) {
    throw new InputError(
      `The data of ${full} stays: project.yaml does not say removable: true for ${name}. Change that first, by review`,
    );
  }
}

async function removeDags(options: RemoveOptions): Promise<string[]> {
  const { clients, project, environment, confirm, log, signal } = options;
  const { mwaaBucket, dagPrefix } = toDeployment(project, environment);
  const nothing = {
    clients,
    bucket: mwaaBucket,
    prefix: dagPrefix,
    files: [],
    delete: true,
    maxDeleted: Infinity,
    log,
    signal,
  };
  try {
    const { deletes } = await previewUpload(nothing);
    if (confirm !== undefined) await uploadFiles(nothing);
    return deletes;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    log(`There is no bucket ${mwaaBucket}, and so no file of the DAG`);
    return [];
  }
}
