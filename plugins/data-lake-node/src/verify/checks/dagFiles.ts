import { previewUpload } from '@data-lake/s3-sync';
import { failed, passed, ProjectCheck } from '../checkOutcome';

/** The DAG folder holds this commit's files, and none of ours besides. */
export const dagFiles: ProjectCheck = {
  id: 'dag-files',
  title: "The DAG's files are the repository's",
  async look({ clients, files, signal }) {
    const bucket = files.deployment.mwaaBucket;
    const { uploads, deletes, unchanged } = await previewUpload({
      clients,
      bucket,
      ...files.dags,
      delete: true,
      log: () => undefined,
      signal,
    });
    const differ = [...uploads, ...deletes.map(path => `${path} (too many)`)];
    const place = `s3://${bucket}/${files.dags.prefix}`;
    return differ.length > 0
      ? failed(`${place} differs in ${differ.join(', ')}`, 'Deploy this commit')
      : passed(`${unchanged} files in ${place}`);
  },
};
