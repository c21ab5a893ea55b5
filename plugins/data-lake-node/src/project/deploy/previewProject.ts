import { Preview, previewStack } from '@data-lake/cloudformation';
import { UploadPreview } from '@data-lake/s3-sync';
import { planAdoptions } from '../kept/adoptKept';
import { previewDags, previewRelease } from './previewUploads';
import { ProjectOptions } from './projectOptions';
import { toStackDeploymentSpec } from './toStackDeploymentSpec';
import { warnOfUnboundRole } from './warnOfUnboundRole';

/** The changes that a deployment of a project's environment would make. @public */
export interface ProjectPreview {
  /** By name, such as `foundations`, in the order of their deployment. */
  stacks: Record<string, Preview>;
  release: UploadPreview;
  dags: UploadPreview;
}

/**
 * Tells what `deployProject` would change, by real change sets, which are removed again, and by the
 * listings of the buckets.
 *
 * @throws the errors of `previewStack` and of the uploads for what a deployment would refuse
 * @public
 */
export async function previewProject(
  options: ProjectOptions,
): Promise<ProjectPreview> {
  const { files } = options;
  await warnOfUnboundRole(options);
  const adoptions = await planAdoptions(options);
  const stacks: Record<string, Preview> = {};
  for (const stack of files.stacks) {
    stacks[stack.name] = await previewStack({
      ...options,
      spec: toStackDeploymentSpec(options, stack, files.release.prefix),
      adopts: adoptions[stack.name].resources,
    });
  }
  return {
    stacks,
    release: await previewRelease(options),
    // the preview shows many deletions; the deployment refuses or allows them
    dags: await previewDags(options),
  };
}
