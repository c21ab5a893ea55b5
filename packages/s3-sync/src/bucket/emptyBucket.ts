import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  ObjectIdentifier,
} from '@aws-sdk/client-s3';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { AwsClients, calling, Heartbeat, WaitOptions } from '@data-lake/aws';

const versionsPerCall = 1_000;

/** Deletes all objects of a bucket, with all their versions. @returns how many @public */
export async function emptyBucket(
  options: WaitOptions,
  bucket: string,
): Promise<number> {
  const { clients, log, signal, deadline } = options;
  const heartbeat = new Heartbeat(log);
  const max = versionsPerCall;
  for (let deleted = 0; ; ) {
    const versions = await listVersions({ clients, bucket, max, signal });
    if (versions.length === 0) return deleted;
    if (Date.now() > deadline) {
      throw new ServiceUnavailableError(
        `Timed out emptying bucket ${bucket}; ${deleted} object versions are deleted. Run again to continue`,
      );
    }
    const errors = await deleteVersions(options, bucket, versions);
    deleted += versions.length - errors.length;
    if (errors.length > 0) {
      const [{ Key, Code, Message }] = errors;
      throw new ConflictError(
        `S3 did not delete ${Key} of bucket ${bucket} (${Code}: ${Message}); ${deleted} other object versions are deleted. A retention, a legal hold or a bucket policy protects it, or the credentials lack s3:DeleteObjectVersion: change that, then run again to continue`,
      );
    }
    heartbeat.beat(
      () => `Emptying bucket ${bucket}: ${deleted} deleted so far`,
    );
  }
}

/** Tells whether a bucket holds any object, version or delete marker. @public */
export async function holdsObjects(
  clients: AwsClients,
  bucket: string,
  signal?: AbortSignal,
): Promise<boolean> {
  return (await listVersions({ clients, bucket, max: 1, signal })).length > 0;
}

async function deleteVersions(
  { clients, signal }: Pick<WaitOptions, 'clients' | 'signal'>,
  bucket: string,
  versions: ObjectIdentifier[],
) {
  const { Errors } = await calling(
    { what: `emptying bucket ${bucket}`, action: 's3:DeleteObjectVersion' },
    () =>
      clients.s3.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
          Delete: { Quiet: true, Objects: versions },
        }),
        { abortSignal: signal },
      ),
  );
  return Errors ?? [];
}

async function listVersions(options: {
  clients: AwsClients;
  bucket: string;
  max: number;
  signal?: AbortSignal;
}): Promise<ObjectIdentifier[]> {
  const { clients, bucket, max, signal } = options;
  const { Versions, DeleteMarkers } = await calling(
    {
      what: `listing the objects of bucket ${bucket}`,
      action: 's3:ListBucketVersions',
    },
    () =>
      clients.s3.send(
        new ListObjectVersionsCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
          MaxKeys: max,
        }),
        { abortSignal: signal },
      ),
  );
  return [...(Versions ?? []), ...(DeleteMarkers ?? [])].map(
    ({ Key, VersionId }) => ({ Key, VersionId }),
  );
}
