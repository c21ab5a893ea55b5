import { InputError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';

/** A prefix of a bucket that belongs to the account of the clients. @public */
export interface Destination {
  clients: AwsClients;
  bucket: string;
  /** Empty, or ends in a slash. */
  prefix: string;
  /** In every call: S3 refuses it if the bucket belongs to another account. */
  owned: { Bucket: string; ExpectedBucketOwner: string };
  signal?: AbortSignal;
  /** Logs the progress of a long upload. */
  log?: (line: string) => void;
}

/** Makes a destination. @throws InputError for a prefix that is not a plain folder @public */
export function toDestination(options: {
  clients: AwsClients;
  bucket: string;
  prefix: string;
  log?: (line: string) => void;
  signal?: AbortSignal;
}): Destination {
  const { clients, bucket, prefix } = options;
  if (prefix !== '' && !prefix.endsWith('/')) {
    throw new InputError(`The prefix '${prefix}' must end in a slash`);
  }
  if (prefix.startsWith('/') || prefix.split('/').includes('..')) {
    throw new InputError(
      `The prefix '${prefix}' must be a plain S3 prefix, without .. and without a slash at the start`,
    );
  }
  return {
    ...options,
    owned: { Bucket: bucket, ExpectedBucketOwner: clients.target.account },
  };
}

/** Makes the URL of a prefix, or of an object below it, such as `s3://bucket/prefix/path`. */
export const toS3Url = (
  { bucket, prefix }: Pick<Destination, 'bucket' | 'prefix'>,
  path = '',
): string => `s3://${bucket}/${prefix}${path}`;
