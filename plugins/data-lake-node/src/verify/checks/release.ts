import { previewUpload } from '@data-lake/s3-sync';
import { foundations } from '../../project/spec/stackOrder';
import { failed, passed } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';

/** The environment runs this commit's release, and the release's objects are as they were uploaded. */
export const releaseCheck: ProjectCheck = {
  id: 'release',
  title: "The uploaded scripts are the repository's",
  async run({ clients, files, stacks, signal }) {
    const stack = stacks.get(foundations);
    const bucket = stack?.outputs.CodeBucketName;
    const present = stack?.parameters.ReleasePrefix;
    if (!bucket || !present) {
      return failed('The environment has no release', 'Deploy the environment');
    }
    if (present !== files.release.prefix) {
      return failed(
        `It runs ${present}, and this commit makes ${files.release.prefix}`,
        'Deploy this commit, or verify from the commit that is deployed',
      );
    }
    const { uploads, unchanged } = await previewUpload({
      clients,
      bucket,
      ...files.release,
      log: () => undefined,
      signal,
    });
    const s3Url = `s3://${bucket}/${present}`;
    return uploads.length > 0
      ? failed(
          `Missing or overwritten in ${s3Url}: ${uploads.join(', ')}`,
          'Deploy again to restore it, and find out who can write there',
        )
      : passed(`${unchanged} files in ${s3Url}`);
  },
};
