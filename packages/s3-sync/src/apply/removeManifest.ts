import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { AwsClients, calling } from '@data-lake/aws';
import { toDestination, toS3Url } from '../bucket/destination';
import { isConditionFailed } from '../bucket/writeCondition';
import { isUnfinished, manifestName } from '../manifest/manifest';
import { readPrefixState } from '../manifest/prefixState';

/**
 * Removes the manifest of a prefix from which all uploaded files were deleted, so that nothing is left of it. The
 * manifest of files that are there, or that another upload is writing, stays.
 *
 * @returns whether there is none now
 * @public
 */
export async function removeManifest(options: {
  clients: AwsClients;
  bucket: string;
  prefix: string;
  signal?: AbortSignal;
}): Promise<boolean> {
  const to = toDestination(options);
  const { entries, etags, manifestEtag } = await readPrefixState(to);
  if (manifestEtag === undefined) return true;
  const isInUse =
    isUnfinished(entries) || [...entries.keys()].some(path => etags.has(path));
  if (isInUse) return false;
  return calling(
    {
      what: `deleting ${toS3Url(to, manifestName)}`,
      action: 's3:DeleteObject',
    },
    async () => {
      try {
        await to.clients.s3.send(
          new DeleteObjectCommand({
            ...to.owned,
            Key: to.prefix + manifestName,
            // not if another upload has written it since
            IfMatch: manifestEtag,
          }),
          { abortSignal: to.signal },
        );
        return true;
      } catch (error) {
        if (isConditionFailed(error)) return false;
        throw error;
      }
    },
  );
}
