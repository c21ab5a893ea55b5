import {
  Allowances,
  DeploymentResult,
  DeployOptions,
  deployStack,
  StartedOperations,
} from '@data-lake/cloudformation';
import { assertUploadAllowed, UploadResult } from '@data-lake/s3-sync';
import { adoptKept, Adoptions, planAdoptions } from '../kept/adoptKept';
import { ProjectFiles } from '../spec/readProjectFiles';
import { foundations } from '../spec/stackOrder';
import { toCodeBucket } from '../spec/toCodeBucket';
import { findCodeBucket, getFoundations } from './findCodeBucket';
import { previewDags } from './previewUploads';
import { ProjectOptions } from './projectOptions';
import { resumeDag } from './resumeDag';
import { toStackDeploymentSpec } from './toStackDeploymentSpec';
import { uploadNoted } from '../uploadNoted';
import { warnOfUnboundRole } from './warnOfUnboundRole';

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
 * @throws the errors of `deployStack` and `uploadFiles`; nothing was changed then
 * @throws OperationStartedError if it fails after it has changed something, and says what; completed steps
 * are kept
 * @public
 */
export async function deployProject(
  options: DeployProjectOptions,
): Promise<ProjectDeploymentResult> {
  const operations = new StartedOperations(options.clients);
  try {
    await warnOfUnboundRole(options);
    const adoptions = await planAdoptions(options);
    return await deployInOrder({ ...options, operations, adoptions });
  } catch (error) {
    throw operations.explain(error);
  }
}

/** The operations of all its steps, so that an error of a later one tells what the earlier ones have done. */
type ProjectWork = DeployProjectOptions & {
  operations: StartedOperations;
  adoptions: Adoptions;
};

async function deployInOrder(
  work: ProjectWork,
): Promise<ProjectDeploymentResult> {
  const { files, maxDeleted } = work;
  const dagsPreview = await previewDags({ ...work, log: () => undefined });
  assertUploadAllowed(dagsPreview, { maxDeleted });
  const stacks: Record<string, DeploymentResult> = {};
  let release: UploadResult | undefined;
  for (const stack of files.stacks) {
    if (stack.name === foundations) release = await uploadRelease(work);
    stacks[stack.name] = await deploy(work, stack, release?.prefix);
  }
  // files that were never uploaded, or were deleted since
  if (dagsPreview.uploadedBefore === 0) await resumeDag(work);
  work.log(`Uploading the DAGs of ${files.deployment.dagId}`);
  const dags = await uploadNoted(work, {
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
async function uploadRelease(work: ProjectWork): Promise<UploadResult> {
  const { release } = work.files;
  const bucket = (await findCodeBucket(work)) ?? (await createCodeBucket(work));
  work.log(`Uploading release ${release.prefix}`);
  return uploadNoted(work, { bucket, ...release });
}

async function createCodeBucket(work: ProjectWork): Promise<string> {
  await deploy({ ...work, previewDigests: {} }, getFoundations(work.files));
  return toCodeBucket(work.files.deployment);
}

async function deploy(
  work: ProjectWork,
  stack: ProjectFiles['stacks'][number],
  release?: string,
): Promise<DeploymentResult> {
  await adoptKept(work, stack, work.adoptions[stack.name]);
  return deployStack({
    ...work,
    spec: toStackDeploymentSpec(work, stack, release),
    previewDigest: work.previewDigests?.[stack.name],
  });
}
