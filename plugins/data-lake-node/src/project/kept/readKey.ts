import {
  DescribeKeyCommand,
  KeyState,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { AwsClients, calling, listPages } from '@data-lake/aws';

/** A key of the account that encrypts something. */
export interface FoundKey {
  /** Id, without the rest of its ARN. */
  id: string;
  arn: string;
  /** KMS's word, such as `Enabled` or `PendingDeletion`. */
  state: KeyState | 'unknown';
  /** When it is deleted, if it waits for that. */
  deletedAt?: Date;
  tags: Record<string, string>;
}

/**
 * Reads a key, with its tags.
 *
 * @param key - ARN, id or alias
 * @throws NotFoundError, NotAllowedError: the role of a project may read only the keys that have its tags
 */
export async function readKey(options: {
  clients: AwsClients;
  key: string;
  signal?: AbortSignal;
}): Promise<FoundKey> {
  const { clients, key, signal } = options;
  const { KeyMetadata } = await calling(
    { what: `reading key ${key}`, action: 'kms:DescribeKey' },
    () =>
      clients.kms.send(new DescribeKeyCommand({ KeyId: key }), {
        abortSignal: signal,
      }),
  );
  const tags = await listPages(async Marker => {
    const page = await calling(
      {
        what: `reading the tags of key ${key}`,
        action: 'kms:ListResourceTags',
      },
      () =>
        clients.kms.send(
          new ListResourceTagsCommand({ KeyId: KeyMetadata!.KeyId, Marker }),
          { abortSignal: signal },
        ),
    );
    return { items: page.Tags ?? [], next: page.NextMarker };
  });
  return {
    id: KeyMetadata!.KeyId!,
    arn: KeyMetadata!.Arn!,
    state: KeyMetadata!.KeyState ?? 'unknown',
    deletedAt: KeyMetadata!.DeletionDate,
    tags: Object.fromEntries(
      tags.map(({ TagKey, TagValue }) => [TagKey!, TagValue ?? '']),
    ),
  };
}
