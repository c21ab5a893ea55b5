import { NotFoundError } from '@backstage/errors';
import { AwsClients, getMwaaEnvironment } from '@data-lake/aws';
import { previewUpload } from '@data-lake/s3-sync';
import { EnvironmentAuthority } from '../../access/EnvironmentAuthority';
import { OwnAirflow } from './findFoundations';
import { TeardownRequest } from './TeardownRequest';

/** Files of a DAG that a deletion removes; paths are below the prefix. @public */
export interface DagFiles {
  bucket: string;
  /** Ends in a slash. */
  prefix: string;
  files: string[];
}

interface Options
  extends Pick<TeardownRequest, 'dags'>,
    Pick<EnvironmentAuthority, 'authorizeBucket'> {
  clients: AwsClients;
  log: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Plans the deletion of a DAG's files; undefined if their bucket is gone, or unknown.
 *
 * @param airflow - where the environment's DAG runs
 * @throws NotAllowedError if the bucket is another owner's
 */
export async function planDagFiles(
  options: Options,
  airflow: OwnAirflow | undefined,
): Promise<DagFiles | undefined> {
  const { clients, log, signal, authorizeBucket } = options;
  const folder = options.dags ?? (await findDagFolder(options, airflow));
  if (!folder) return undefined;
  try {
    await authorizeBucket(folder.bucket);
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

/** MWAA says from which bucket and folder it reads. */
async function findDagFolder(
  { clients, log, signal }: Options,
  airflow: OwnAirflow | undefined,
): Promise<TeardownRequest['dags']> {
  if (!airflow) return undefined;
  const { environment, dagId } = airflow;
  try {
    const { bucket, dagPath } = await getMwaaEnvironment(
      clients,
      environment,
      signal,
    );
    return { bucket, prefix: `${dagPath}/${dagId}/` };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    log(
      `MWAA environment ${environment} does not exist, so the bucket of its DAGs is unknown. If it still exists, delete the folder ${dagId}/ in it by hand`,
    );
    return undefined;
  }
}
