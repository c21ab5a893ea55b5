import { createHash, randomUUID } from 'node:crypto';
import { AwsClients } from '@data-lake/aws';

/** Objects and unfinished uploads of one bucket, as all clients see them. */
export class MemoryBucket {
  readonly objects = new Map<string, Buffer>();
  /** Of what came in parts, whose ETag does not follow from its bytes. */
  readonly partedEtags = new Map<string, string>();
  readonly uploads = new Map<string, { Key: string; parts: Buffer[] }>();

  etag(key: string): string {
    return this.partedEtags.get(key) ?? toEtag(this.objects.get(key)!);
  }

  put(key: string, bytes: Buffer): void {
    this.partedEtags.delete(key);
    this.objects.set(key, bytes);
  }

  /** The files below a prefix, without the manifest. */
  files(prefix: string): Record<string, string> {
    return Object.fromEntries(
      [...this.objects]
        .filter(([key]) => key.startsWith(prefix) && !key.endsWith('.json'))
        .map(([key, bytes]) => [key.slice(prefix.length), bytes.toString()])
        .sort(),
    );
  }
}

/** Called for each request, before it has an effect and after it; may wait, or throw. */
export type Around = (when: 'before' | 'after', name: string) => unknown;

/**
 * Clients whose S3 is a bucket in memory, with the conditions of writes and deletions: for tests of every
 * interleaving and every interruption, of which there are too many for a server.
 */
export function memoryClients(
  bucket: MemoryBucket,
  around: Around = () => undefined,
): AwsClients {
  const s3 = {
    async send(command: { constructor: { name: string }; input: any }) {
      const name = command.constructor.name.replace('Command', '');
      await around('before', name);
      const answer = answers[name](bucket, command.input);
      await around('after', name);
      return answer;
    },
  };
  const target = { account: '123456789012', region: 'eu-west-1' };
  return { target, s3 } as unknown as AwsClients;
}

const answers: Record<string, (bucket: MemoryBucket, input: any) => unknown> = {
  GetObject(bucket, { Key }) {
    const bytes = bucket.objects.get(Key);
    if (!bytes) throw failure('NoSuchKey', 404);
    return {
      ETag: bucket.etag(Key),
      Body: { transformToString: async () => bytes.toString() },
    };
  },
  HeadObject(bucket, { Key }) {
    const bytes = bucket.objects.get(Key);
    if (!bytes) throw failure('NotFound', 404);
    const ChecksumSHA256 = bucket.partedEtags.has(Key)
      ? undefined
      : createHash('sha256').update(bytes).digest('base64');
    return { ETag: bucket.etag(Key), ChecksumSHA256 };
  },
  PutObject(bucket, { Key, Body, ...condition }) {
    assertHolds(bucket, Key, condition);
    bucket.put(Key, Buffer.from(Body));
    return { ETag: bucket.etag(Key) };
  },
  // pages of two, so that each caller must ask for the next
  ListObjectsV2(bucket, { Prefix, ContinuationToken = '' }) {
    const rest = [...bucket.objects.keys()]
      .filter(key => key.startsWith(Prefix) && key > ContinuationToken)
      .sort();
    const Contents = rest
      .slice(0, 2)
      .map(Key => ({ Key, ETag: bucket.etag(Key) }));
    const NextContinuationToken = rest.length > 2 ? rest[1] : undefined;
    return { Contents, NextContinuationToken };
  },
  DeleteObjects(bucket, { Delete }) {
    if (Delete.Objects.length > 1_000) throw failure('MalformedXML', 400);
    const Errors = [];
    for (const { Key, ETag } of Delete.Objects) {
      const there = bucket.objects.has(Key);
      if (ETag && !there) Errors.push({ Key, Code: 'NoSuchKey' });
      else if (ETag && bucket.etag(Key) !== ETag) {
        Errors.push({ Key, Code: 'PreconditionFailed' });
      } else bucket.objects.delete(Key);
    }
    return { Errors };
  },
  // one a page
  ListMultipartUploads({ uploads }, { UploadIdMarker }) {
    const all = [...uploads];
    const at = 1 + all.findIndex(([id]) => id === UploadIdMarker);
    const Uploads = all
      .slice(at, at + 1)
      .map(([UploadId, { Key }]) => ({ UploadId, Key }));
    const [last] = Uploads;
    return {
      Uploads,
      IsTruncated: all.length > at + 1,
      NextKeyMarker: last?.Key,
      NextUploadIdMarker: last?.UploadId,
    };
  },
  CreateMultipartUpload({ uploads }, { Key }) {
    const UploadId = randomUUID();
    uploads.set(UploadId, { Key, parts: [] });
    return { UploadId };
  },
  UploadPart({ uploads }, { UploadId, PartNumber, Body }) {
    const upload = uploads.get(UploadId);
    if (!upload) throw failure('NoSuchUpload', 404);
    upload.parts[PartNumber - 1] = Body;
    return { ETag: toEtag(Body) };
  },
  CompleteMultipartUpload(bucket, { UploadId, ...condition }) {
    const { Key, parts } = bucket.uploads.get(UploadId)!;
    assertHolds(bucket, Key, condition);
    bucket.put(Key, Buffer.concat(parts));
    bucket.partedEtags.set(Key, `"${UploadId}-${parts.length}"`);
    bucket.uploads.delete(UploadId);
    return { ETag: bucket.etag(Key) };
  },
  AbortMultipartUpload({ uploads }, { UploadId }) {
    uploads.delete(UploadId);
    return {};
  },
};

function assertHolds(
  bucket: MemoryBucket,
  key: string,
  { IfMatch, IfNoneMatch }: { IfMatch?: string; IfNoneMatch?: string },
): void {
  const there = bucket.objects.has(key);
  const isLost =
    (IfNoneMatch && there) ||
    (IfMatch && (!there || bucket.etag(key) !== IfMatch));
  if (isLost) throw failure('PreconditionFailed', 412);
}

const toEtag = (bytes: Buffer) =>
  `"${createHash('md5').update(bytes).digest('hex')}"`;

const failure = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
