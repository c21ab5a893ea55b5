import { NotFoundError } from '@backstage/errors';
import { previewUpload, UploadPreview } from '@data-lake/s3-sync';
import { makesMwaa } from '../spec/ownMwaa';
import { ProjectFiles } from '../spec/readProjectFiles';
import { findCodeBucket } from './findCodeBucket';
import { ProjectOptions } from './projectOptions';

type Options = Pick<
  ProjectOptions,
  'clients' | 'files' | 'log' | 'signal' | 'authorizeStack' | 'authorizeBucket'
>;

/** Tells what uploading the release would change; all files while the code bucket does not exist. */
export async function previewRelease(options: Options): Promise<UploadPreview> {
  const { clients, files, log, signal } = options;
  const { release } = files;
  const bucket = await findCodeBucket(options);
  if (bucket) {
    await options.authorizeBucket(bucket);
    return previewUpload({ clients, bucket, ...release, log, signal });
  }
  log(
    `The foundations stack will make the code bucket; files to upload: ${release.files.length}`,
  );
  return toFirstUpload(release);
}

/**
 * Tells what uploading the DAGs would change; all files while the MWAA stack has not made their bucket.
 *
 * @throws NotFoundError if the bucket does not exist, and no stack of the project makes it
 */
export async function previewDags(options: Options): Promise<UploadPreview> {
  const { clients, files, log, signal } = options;
  const { deployment, dags } = files;
  const bucket = deployment.mwaaBucket;
  try {
    await options.authorizeBucket(bucket);
    return await previewUpload({
      clients,
      bucket,
      ...dags,
      delete: true,
      log,
      signal,
    });
  } catch (error) {
    if (!(error instanceof NotFoundError) || !makesMwaa(files.stacks))
      throw error;
    log(
      `The MWAA stack will make bucket ${bucket}; files to upload: ${dags.files.length}`,
    );
    return toFirstUpload(dags);
  }
}

const toFirstUpload = ({
  prefix,
  files,
}: ProjectFiles['dags']): UploadPreview => ({
  prefix,
  uploads: files.map(({ path }) => path),
  deletes: [],
  deletesMany: false,
  unchanged: 0,
  uploadedBefore: 0,
});
