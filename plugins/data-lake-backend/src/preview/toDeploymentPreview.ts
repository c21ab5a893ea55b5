import { DeploymentPreview } from '@data-lake/plugin-data-lake-common';
import {
  ProjectFiles,
  ProjectPreview,
  Repository,
} from '@data-lake/plugin-data-lake-node';

/** The answer to the page, from the engine's preview of the project. */
export function toDeploymentPreview(options: {
  repository: Repository;
  files: ProjectFiles;
  preview: ProjectPreview;
}): DeploymentPreview {
  const { repository, files, preview } = options;
  const { environment, account, region, ...buckets } = files.deployment;
  return {
    environment,
    account,
    region,
    commit: repository.commit,
    stacks: files.stacks.map(({ name, stackName }) => ({
      ...preview.stacks[name],
      name,
      stackName,
    })),
    uploads: [
      toUpload(buckets.codeBucket, preview.release),
      toUpload(buckets.mwaaBucket, preview.dags),
    ],
  };
}

function toUpload(bucket: string | undefined, upload: ProjectPreview['dags']) {
  const { prefix, uploads, deletes, deletesMany, unchanged } = upload;
  return {
    destination: bucket ? `s3://${bucket}/${prefix}` : prefix,
    uploaded: uploads,
    deleted: deletes,
    deletesMany,
    unchanged,
  };
}
