import { previewUpload } from '@data-lake/s3-sync';
import { failed, passed } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';

/** The DAG folder holds this commit's files, and no other file of the project. */
export const dagFilesCheck: ProjectCheck = {
  id: 'dag-files',
  title: "The DAG's files are the repository's",
  async run({ clients, files, signal }) {
    const bucket = files.deployment.mwaaBucket;
    const { uploads, deletes, unchanged } = await previewUpload({
      clients,
      bucket,
      ...files.dags,
      delete: true,
      log: () => undefined,
      signal,
    });
    const different = [
      ...uploads,
      ...deletes.map(path => `${path} (not in the repository)`),
    ];
    const s3Url = `s3://${bucket}/${files.dags.prefix}`;
    return different.length > 0
      ? failed(
          `${s3Url} differs in ${different.join(', ')}`,
          'Deploy this commit',
        )
      : passed(`${unchanged} files in ${s3Url}`);
  },
};
