import {
  Allowances,
  DeploymentResult,
  DeployOptions,
  deployStack,
} from '@data-lake/cloudformation';
import {
  assertUploadAllowed,
  uploadFiles,
  UploadResult,
} from '@data-lake/s3-sync';
import { ProjectFiles } from '../spec/readProjectFiles';
import { foundations } from '../spec/stackOrder';
import { toCodeBucket } from '../spec/toCodeBucket';
import { findCodeBucket, getFoundations } from './findCodeBucket';
import { previewDags } from './previewUploads';
import { ProjectOptions } from './projectOptions';
import { toStackDeploymentSpec } from './toStackDeploymentSpec';

/** Options of `deployProject`. @public */
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
  /** Changes that are allowed to every stack; by default all gates are closed. */
  allow?: Allowances;
  /**
   * Digests of the previews by stack, such as `foundations`: only exactly the previewed change is executed.
   * The first create of foundations takes two steps and has none.
   */
  previewDigests?: Record<string, string>;
  /** Files of the DAG that may be deleted; see `UploadOptions`. */
  maxDeleted?: number;
}

/** Result of a deployment of a project's environment. @public */
export interface ProjectDeploymentResult {
  /** By name, such as `foundations`, in the order of their deployment. */
  stacks: Record<string, DeploymentResult>;
  release: UploadResult;
  dags: UploadResult;
}

/**
 * Deploys one environment of a project, for the first time or again: the stacks in their order, the release
 * of its scripts before the foundations stack switches to it, the DAGs at the end. An upload of the DAGs
 * that would be refused is refused before any stack changes. A retry with the same identity, also after a
 * kill at any point, ends in the same state.
 *
 * @throws the errors of `deployStack` and `uploadFiles`; completed steps are kept
 * @public
 */
export async function deployProject(
  options: DeployProjectOptions,
): Promise<ProjectDeploymentResult> {
  const { files, maxDeleted } = options;
  const dagsPreview = await previewDags({ ...options, log: () => undefined });
  assertUploadAllowed(dagsPreview, { maxDeleted });
  const stacks: Record<string, DeploymentResult> = {};
  let release: UploadResult | undefined;
  for (const stack of files.stacks) {
    if (stack.name === foundations) release = await uploadRelease(options);
    stacks[stack.name] = await deploy(options, stack, release?.prefix);
  }
  options.log(`Uploading the DAGs of ${files.deployment.dagId}`);
  const dags = await upload(options, {
    bucket: files.deployment.mwaaBucket,
    ...files.dags,
    delete: true,
    maxDeleted,
  });
  return { stacks, release: release!, dags };
}

/**
 * Uploads the release to the code bucket, which the first create of foundations makes. An existing stack is
 * not changed before the upload: its new state may need the new scripts.
 */
async function uploadRelease(
  options: DeployProjectOptions,
): Promise<UploadResult> {
  const { release } = options.files;
  const bucket =
    (await findCodeBucket(options)) ?? (await createCodeBucket(options));
  options.log(`Uploading release ${release.prefix}`);
  return upload(options, { bucket, ...release });
}

async function createCodeBucket(
  options: DeployProjectOptions,
): Promise<string> {
  await deploy(
    { ...options, previewDigests: {} },
    getFoundations(options.files),
  );
  return toCodeBucket(options.files.deployment);
}

/** project.yaml names the buckets: directly before the upload, their tags tell whose they are. */
async function upload(
  { clients, log, signal, authorizeBucket }: DeployProjectOptions,
  what: Omit<Parameters<typeof uploadFiles>[0], 'clients' | 'log'>,
): Promise<UploadResult> {
  await authorizeBucket(what.bucket);
  return uploadFiles({ ...what, clients, log, signal });
}

function deploy(
  options: DeployProjectOptions,
  stack: ProjectFiles['stacks'][number],
  release?: string,
): Promise<DeploymentResult> {
  return deployStack({
    ...options,
    spec: toStackDeploymentSpec(options, stack, release),
    previewDigest: options.previewDigests?.[stack.name],
  });
}
