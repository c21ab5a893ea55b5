import { NotFoundError } from '@backstage/errors';
import { AwsClients, getMwaaEnvironment } from '@data-lake/aws';
import { previewUpload } from '@data-lake/s3-sync';
import { TeardownRequest } from './TeardownRequest';

/** Files of a DAG that a deletion removes; paths are below the prefix. @public */
export interface DagFiles {
  bucket: string;
  /** Ends in a slash. */
  prefix: string;
  files: string[];
}

interface Options extends Pick<TeardownRequest, 'dags'> {
  clients: AwsClients;
  log: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Plans the deletion of a DAG's files; undefined if their bucket is gone, or unknown.
 *
 * @param outputs - outputs of the foundations stack
 */
export async function planDagFiles(
  options: Options,
  outputs: Record<string, string>,
): Promise<DagFiles | undefined> {
  const { clients, log, signal } = options;
  const folder = options.dags ?? (await findDagFolder(options, outputs));
  if (!folder) return undefined;
  try {
    const { deletes } = await previewUpload({
      ...toEmptyUpload(folder),
      clients,
      log: () => undefined,
      signal,
    });
    return { ...folder, files: deletes };
  } catch (error) {
    // a bucket that is gone took the files along
    if (!(error instanceof NotFoundError)) throw error;
    log(`Bucket ${folder.bucket} does not exist, so the DAG has no files`);
    return undefined;
  }
}

/** Converts to an upload of nothing, which deletes all files of the project in the folder. */
export const toEmptyUpload = ({
  bucket,
  prefix,
}: {
  bucket: string;
  prefix: string;
}) => ({ bucket, prefix, files: [], delete: true, maxDeleted: Infinity });

async function findDagFolder(
  { clients, signal }: Options,
  outputs: Record<string, string>,
): Promise<TeardownRequest['dags']> {
  const { MwaaBucketName: bucket, DagId, MwaaEnvironmentName: name } = outputs;
  if (!bucket || !DagId) return undefined;
  const dagPath = await getMwaaEnvironment(clients, name, signal).then(
    environment => environment.dagPath,
    error => {
      if (error instanceof NotFoundError) return 'dags';
      throw error;
    },
  );
  return { bucket, prefix: `${dagPath}/${DagId}/` };
}
