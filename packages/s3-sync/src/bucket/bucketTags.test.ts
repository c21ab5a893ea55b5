import type { AwsClients } from '@data-lake/aws';
import { assertTaggedBucket } from './bucketTags';

/** Clients whose S3 answers with these tags; without tags, as S3 does for a bucket that has none. */
function toClients(tags?: Record<string, string>): AwsClients {
  const send = async () => {
    if (!tags) throw Object.assign(new Error('x'), { name: 'NoSuchTagSet' });
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    return { TagSet };
  };
  const target = { account: '123456789012', region: 'eu-west-1' };
  return { target, s3: { send } } as unknown as AwsClients;
}

const ownership = [
  { key: 'entity', value: 'component:default/movielens' },
  { key: 'stage', value: 'demo' },
];
const assertTagged = (tags?: Record<string, string>) =>
  assertTaggedBucket({ clients: toClients(tags), bucket: 'b', ownership });

describe('assertTaggedBucket', () => {
  it('compares all tags, without regard to letter case', async () => {
    await expect(
      assertTagged({
        entity: 'Component:default/MovieLens',
        stage: 'demo',
        more: 'x',
      }),
    ).resolves.toBe(undefined);
  });

  it('does not take an absent tag for an empty one', async () => {
    const bucket = { clients: toClients(), bucket: 'b' };
    await expect(
      assertTaggedBucket({
        ...bucket,
        ownership: [{ key: 'entity', value: '' }],
      }),
    ).rejects.toThrow(/tag entity is absent/);
  });

  it.each([
    [undefined, /tag entity is absent, not component:default\/movielens/],
    [
      { entity: 'component:default/other', stage: 'demo' },
      /is component:default\/other, not/,
    ],
    [
      { entity: 'component:default/movielens' },
      /tag stage is absent, not demo/,
    ],
  ])('refuses a bucket with the tags %j', async (tags, message) => {
    await expect(assertTagged(tags)).rejects.toThrow(message);
  });
});
