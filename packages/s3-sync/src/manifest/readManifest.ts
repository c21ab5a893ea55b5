import { GetObjectCommand } from '@aws-sdk/client-s3';
import { InputError, NotFoundError } from '@backstage/errors';
import { calling } from '@data-lake/aws';
import { Destination, toS3Url } from '../bucket/destination';
import { Manifest, ManifestEntries, manifestName } from './manifest';

/** The manifest of a prefix; without entries if there is none. @public */
export interface StoredManifest {
  entries: ManifestEntries;
  writer?: string;
  /** ETag of the manifest; absent if there is none. */
  manifestEtag?: string;
}

/** Reads the manifest of a prefix. @throws InputError if another version wrote it */
export async function readManifest(to: Destination): Promise<StoredManifest> {
  const url = toS3Url(to, manifestName);
  try {
    const answer = await calling(
      { what: `reading ${url}`, action: 's3:GetObject' },
      () =>
        to.clients.s3.send(
          new GetObjectCommand({ ...to.owned, Key: to.prefix + manifestName }),
          { abortSignal: to.signal },
        ),
    );
    const text = await answer.Body!.transformToString();
    const { files, writer } = parseManifest(text, url);
    return {
      entries: new Map(files.map(entry => [entry.path, entry])),
      writer,
      manifestEtag: answer.ETag,
    };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { entries: new Map() };
  }
}

function parseManifest(text: string, url: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    throw new InputError(
      `${url} is not a manifest of this version. Delete it to upload everything again`,
    );
  }
}
