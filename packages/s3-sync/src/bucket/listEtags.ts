import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { calling, listPages } from '@data-lake/aws';
import { Destination, toS3Url } from './destination';

/** Lists the objects below a prefix: their ETags by path. */
export async function listEtags(to: Destination): Promise<Map<string, string>> {
  const objects = await calling(
    { what: `listing ${toS3Url(to)}`, action: 's3:ListBucket' },
    () =>
      listPages(async ContinuationToken => {
        const page = await to.clients.s3.send(
          new ListObjectsV2Command({
            ...to.owned,
            Prefix: to.prefix,
            ContinuationToken,
          }),
          { abortSignal: to.signal },
        );
        return { items: page.Contents ?? [], next: page.NextContinuationToken };
      }),
  );
  return new Map(
    objects.map(({ Key, ETag }) => [Key!.slice(to.prefix.length), ETag!]),
  );
}
