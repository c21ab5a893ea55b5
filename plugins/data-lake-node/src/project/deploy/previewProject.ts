import { NotFoundError } from '@backstage/errors';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { Preview, previewStack, findStack } from '@data-lake/cloudformation';
import { UploadFile, previewUpload, UploadPreview } from '@data-lake/s3-sync';
import { ProjectOptions, toStackRequest } from './deployProject';
import { foundations } from '../spec/toProjectDeploymentSpec';

/** What deploying an environment of a project would do. @public */
export interface ProjectPreview {
  /** By name, such as `foundations`, in the order of `project.yaml`. */
  stacks: Record<string, Preview>;
  release: UploadPreview;
  dags: UploadPreview;
}

/**
 * Tells what {@link deployProject} would do, by real change sets and what the buckets list. Nothing is
 * left behind.
 *
 * @throws what {@link previewStack} throws where a deployment would be refused
 * @public
 */
export async function previewProject(
  options: ProjectOptions,
): Promise<ProjectPreview> {
  const { clients, files, log, signal } = options;
  const stacks: Record<string, Preview> = {};
  for (const stack of files.stacks) {
    const more: Record<string, string> =
      stack.name === foundations ? { ReleasePrefix: files.release.prefix } : {};
    stacks[stack.name] = await previewStack({
      ...options,
      request: toStackRequest(options, stack, more),
    });
  }
  const main = files.stacks.find(({ name }) => name === foundations)!;
  const there = await findStack(clients, main.stackName, signal);
  const isOurs = there?.tags[tagKeys.entity] === main.tags[tagKeys.entity];
  const uploads = { clients, log, signal };
  return {
    stacks,
    release: await previewTo({
      ...uploads,
      bucket: isOurs ? there?.outputs.CodeBucketName : undefined,
      ...files.release,
    }),
    dags: await previewTo({
      ...uploads,
      bucket: files.deployment.mwaaBucket,
      ...files.dags,
      delete: true,
      // told here, and refused or allowed there
      maxDeleted: Infinity,
    }),
  };
}

/** A bucket that one of the stacks is still to make gets all files. */
async function previewTo(options: {
  clients: AwsClients;
  bucket: string | undefined;
  prefix: string;
  files: UploadFile[];
  delete?: boolean;
  maxDeleted?: number;
  log: (line: string) => void;
  signal?: AbortSignal;
}): Promise<UploadPreview> {
  const { bucket, prefix, files, log } = options;
  const all: UploadPreview = {
    prefix,
    uploads: files.map(({ path }) => path),
    deletes: [],
    deletesMany: false,
    unchanged: 0,
  };
  if (bucket === undefined) {
    log(`The code bucket is still to be made, and gets ${files.length} files`);
    return all;
  }
  try {
    return await previewUpload({ ...options, bucket });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    log(`Bucket ${bucket} is not there yet, and gets ${files.length} files`);
    return all;
  }
}
