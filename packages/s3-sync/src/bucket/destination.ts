import { HeadBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { AwsClients, calling } from '@data-lake/aws';

/** A prefix of a bucket that belongs to the account it is expected in. */
export interface Destination {
  clients: AwsClients;
  bucket: string;
  /** Empty, or ends in a slash. */
  prefix: string;
  /** In every call: S3 refuses it where the bucket is another account's. */
  owned: { Bucket: string; ExpectedBucketOwner: string };
  signal?: AbortSignal;
  /** Told how far a long upload is. */
  log?: (line: string) => void;
}

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
    throw new InputError(`The prefix '${prefix}' must be a plain S3 prefix`);
  }
  return {
    ...options,
    owned: { Bucket: bucket, ExpectedBucketOwner: clients.target.account },
  };
}

/**
 * Makes sure that a bucket exists and belongs to the account of the clients.
 *
 * @throws NotFoundError, NotAllowedError that say which of the two it is
 * @public
 */
export async function assertOwnBucket(options: {
  clients: AwsClients;
  bucket: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { clients, bucket, signal } = options;
  const { account, region } = clients.target;
  try {
    await calling(
      { what: `looking for bucket ${bucket}`, action: 's3:ListBucket' },
      () =>
        clients.s3.send(
          new HeadBucketCommand({
            Bucket: bucket,
            ExpectedBucketOwner: account,
          }),
          { abortSignal: signal },
        ),
    );
  } catch (error) {
    if (error instanceof NotFoundError) {
      throw new NotFoundError(
        `There is no bucket ${bucket} in account ${account}, region ${region}. Name an existing one, or leave it empty`,
      );
    }
    if (error instanceof NotAllowedError && isForbidden(error.cause)) {
      throw new NotAllowedError(
        `Bucket ${bucket} does not belong to account ${account}, or the credentials lack s3:ListBucket on it. Name a bucket of this account`,
      );
    }
    throw error;
  }
}

/** A HEAD has no body, so S3 gives no more than the status. */
function isForbidden(cause: unknown): boolean {
  const { $metadata } = (cause ?? {}) as {
    $metadata?: { httpStatusCode?: number };
  };
  return $metadata?.httpStatusCode === 403;
}

/** ETags by path below the prefix. */
export async function listEtags(to: Destination): Promise<Map<string, string>> {
  const etags = new Map<string, string>();
  let token: string | undefined;
  do {
    const ContinuationToken = token;
    const page = await calling(
      {
        what: `listing s3://${to.bucket}/${to.prefix}`,
        action: 's3:ListBucket',
      },
      () =>
        to.clients.s3.send(
          new ListObjectsV2Command({
            ...to.owned,
            Prefix: to.prefix,
            ContinuationToken,
          }),
          { abortSignal: to.signal },
        ),
    );
    for (const { Key, ETag } of page.Contents ?? []) {
      etags.set(Key!.slice(to.prefix.length), ETag!);
    }
    token = page.NextContinuationToken;
  } while (token);
  return etags;
}
