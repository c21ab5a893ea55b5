import { previewUpload } from '@data-lake/s3-sync';
import { foundations } from '../../project/spec/toProjectDeploymentSpec';
import { failed, passed, ProjectCheck } from '../checkOutcome';

/** The environment runs the release that this commit makes, and its objects are as they were uploaded. */
export const release: ProjectCheck = {
  id: 'release',
  title: "The uploaded scripts are the repository's",
  async look({ clients, files, stacks, signal }) {
    const stack = stacks.get(foundations);
    const bucket = stack?.outputs.CodeBucketName;
    const runs = stack?.parameters.ReleasePrefix;
    if (!bucket || !runs) {
      return failed('The environment has no release', 'Deploy the environment');
    }
    if (runs !== files.release.prefix) {
      return failed(
        `It runs ${runs}, and this commit makes ${files.release.prefix}`,
        'Deploy this commit, or verify from the one that is deployed',
      );
    }
    const { uploads, unchanged } = await previewUpload({
      clients,
      bucket,
      ...files.release,
      log: () => undefined,
      signal,
    });
    return uploads.length > 0
      ? failed(
          `In s3://${bucket}/${runs} missing or overwritten: ${uploads.join(
            ', ',
          )}`,
          'Deploy again, which puts it right; and see who may write there',
        )
      : passed(`${unchanged} files in s3://${bucket}/${runs}`);
  },
};
