import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ConflictError } from '@backstage/errors';
import { calling } from '@data-lake/aws';
import { Destination, toS3Url } from '../bucket/destination';
import { isConditionFailed, toWriteCondition } from '../bucket/writeCondition';
import { Manifest, ManifestEntries, manifestName } from './manifest';
import { readManifest } from './readManifest';

/**
 * The lock of a prefix: the manifest that this upload wrote. It is held until another upload writes the
 * manifest.
 */
export class PrefixLock {
  private readonly writer = randomUUID();

  /** @param etag - ETag of the manifest that was read; absent if there was none */
  constructor(
    private readonly to: Destination,
    private etag: string | undefined,
  ) {}

  /**
   * Takes the lock, or keeps it, with these entries.
   *
   * @throws ConflictError if another upload has written the manifest since
   */
  async write(entries: ManifestEntries): Promise<void> {
    const { to } = this;
    this.etag = await calling(
      { what: `writing ${toS3Url(to, manifestName)}`, action: 's3:PutObject' },
      async () => {
        try {
          return await this.put(entries);
        } catch (error) {
          if (!isConditionFailed(error)) throw error;
          return this.findOwnEtag();
        }
      },
    );
  }

  /** Tells whether no other upload has written the manifest since. */
  async isHeld(): Promise<boolean> {
    return (await readManifest(this.to)).writer === this.writer;
  }

  private async put(entries: ManifestEntries): Promise<string> {
    const { to, writer, etag } = this;
    const manifest: Manifest = {
      version: 2,
      writer,
      files: [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    };
    const { ETag } = await to.clients.s3.send(
      new PutObjectCommand({
        ...to.owned,
        ...toWriteCondition(etag),
        Key: to.prefix + manifestName,
        Body: JSON.stringify(manifest, null, 1),
        ContentType: 'application/json',
      }),
      { abortSignal: to.signal },
    );
    return ETag!;
  }

  /** If a connection breaks after S3 has written, the client's own retry fails: its first try won. */
  private async findOwnEtag(): Promise<string> {
    const { writer, manifestEtag } = await readManifest(this.to);
    const isOwn = writer === this.writer && manifestEtag !== this.etag;
    if (isOwn && manifestEtag) return manifestEtag;
    throw new ConflictError(
      `Another upload to ${toS3Url(
        this.to,
      )} ran at the same time. Run this upload again`,
    );
  }
}
