import { NotFoundError } from '@backstage/errors';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import {
  DeployOptions,
  deployStack,
  Allowances,
  Deployment,
  DeployRequest,
  findStack,
} from '@data-lake/cloudformation';
import { previewUpload, Uploaded, uploadFiles } from '@data-lake/s3-sync';
import { foundations } from '../spec/toProjectDeploymentSpec';
import { ProjectFiles } from '../spec/readProjectFiles';

/** What a deployment and a preview of a project's environment take. @public */
export interface ProjectOptions {
  /** Of the environment's account and region. */
  clients: AwsClients;
  /** See {@link readProjectFiles}. */
  files: ProjectFiles;
  /** Who asks, such as a task: trying again with the same one goes on with what was begun. */
  identity: string;
  /** CloudFormation service role. */
  roleArn?: string;
  /** Bucket of the account that a template over 51,200 bytes goes by; it does not stay there. */
  templateBucket?: string;
  /** Told each step and event, in one line. */
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Bound of the wait for each stack; 60 where absent. */
  timeoutMinutes?: number;
}

/** @public */
export interface DeployProjectOptions
  extends ProjectOptions,
    Pick<
      DeployOptions,
      | 'onCancel'
      | 'continueRollback'
      | 'resourcesToSkip'
      | 'reports'
      | 'onChangeSet'
    > {
  /** What may be done to any of the stacks; what is not said is refused. */
  allow?: Allowances;
  /**
   * Digest of a stack's preview by its name, such as `foundations`: only exactly that change is
   * executed. A first create of foundations takes two steps and has none.
   */
  previewDigests?: Record<string, string>;
  /** So many files of the DAG may be deleted; see {@link UploadOptions}. */
  maxDeleted?: number;
}

/** @public */
export interface ProjectDeployed {
  /** By name, such as `foundations`, in the order of `project.yaml`. */
  stacks: Record<string, Deployment>;
  release: Uploaded;
  dags: Uploaded;
}

/**
 * Brings one environment of a project to what its repository says: the stacks in the order of
 * `project.yaml`, the release of its scripts before the foundations stack switches to it, the DAGs at
 * the end. Interrupted at any point and run again, it ends in the same state.
 *
 * @throws what {@link deployStack} and {@link uploadFiles} throw; what was done by then stays
 * @public
 */
export async function deployProject(
  options: DeployProjectOptions,
): Promise<ProjectDeployed> {
  const { clients, files, log, signal } = options;
  await assertMayUpload(options);
  const stacks: Record<string, Deployment> = {};
  let release: Uploaded | undefined;
  for (const stack of files.stacks) {
    if (stack.name === foundations) {
      release = await uploadRelease(options);
      stacks[stack.name] = await deploy(options, stack, {
        ReleasePrefix: release.prefix,
      });
    } else {
      stacks[stack.name] = await deploy(options, stack);
    }
  }
  log(`Uploading the DAGs of ${files.deployment.dagId}`);
  const dags = await uploadFiles({
    clients,
    bucket: files.deployment.mwaaBucket,
    ...files.dags,
    delete: true,
    maxDeleted: options.maxDeleted,
    log,
    signal,
  });
  return { stacks, release: release!, dags };
}

/** What the DAGs' upload would refuse is refused before the stacks are changed, not after. */
async function assertMayUpload(options: DeployProjectOptions): Promise<void> {
  const { clients, files, maxDeleted, signal } = options;
  try {
    await previewUpload({
      clients,
      bucket: files.deployment.mwaaBucket,
      ...files.dags,
      delete: true,
      maxDeleted,
      log: () => undefined,
      signal,
    });
  } catch (error) {
    // one of the stacks is still to make it
    if (!(error instanceof NotFoundError)) throw error;
  }
}

/**
 * A first create makes the code bucket, with nothing that needs uploaded code. A stack that is there
 * already is not touched before the upload: what it becomes may need the new scripts.
 */
async function uploadRelease(options: DeployProjectOptions): Promise<Uploaded> {
  const { clients, files, log, signal } = options;
  const stack = files.stacks.find(({ name }) => name === foundations)!;
  const there = await findStack(clients, stack.stackName, signal);
  const isOurs = there?.tags[tagKeys.entity] === stack.tags[tagKeys.entity];
  // a stack of somebody else's is refused by its deployment, before anything is uploaded
  const bucket =
    (isOurs ? there?.outputs.CodeBucketName : undefined) ??
    (await deploy({ ...options, previewDigests: {} }, stack)).outputs
      .CodeBucketName;
  log(`Uploading release ${files.release.prefix}`);
  return uploadFiles({ clients, bucket, ...files.release, log, signal });
}

function deploy(
  options: DeployProjectOptions,
  stack: ProjectFiles['stacks'][number],
  more: Record<string, string> = {},
): Promise<Deployment> {
  return deployStack({
    ...options,
    request: toStackRequest(options, stack, more),
    previewDigest: options.previewDigests?.[stack.name],
  });
}

/** What is asked of CloudFormation for a stack of a project, the same in a preview and a deployment. */
export function toStackRequest(
  {
    identity,
    roleArn,
    templateBucket,
  }: Pick<ProjectOptions, 'identity' | 'roleArn' | 'templateBucket'>,
  stack: ProjectFiles['stacks'][number],
  more: Record<string, string>,
): DeployRequest {
  const { stackName, template, parameters, tags } = stack;
  return {
    stackName,
    template,
    parameters: { ...parameters, ...more },
    tags,
    identity,
    roleArn,
    templateBucket,
  };
}
