import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { findBucket } from './findBucket';
import { readKey } from './readKey';
import { listKept } from './listKept';

jest.mock('./findBucket');
jest.mock('./readKey');

const entityRef = 'component:default/movielens';
const own = {
  'data-lake:entity': entityRef,
  'data-lake:owner': 'group:default/movies',
  'aws:cloudformation:stack-name': 'movielens-demo-foundations',
};
const data = 'movielens-demo-data-123456789012-eu-west-1';
const authorizeBucket = jest.fn();
const lines: string[] = [];
const list = () =>
  listKept({
    clients: {
      target: { account: '123456789012', region: 'eu-west-1' },
    } as any,
    prefix: 'movielens-demo',
    entityRef,
    authorizeBucket,
    log: line => lines.push(line),
  });
const bucketOf = (tags: Record<string, string>, key?: string) =>
  jest
    .mocked(findBucket)
    .mockImplementation(async ({ bucket }) =>
      bucket === data ? { name: bucket, tags, key } : undefined,
    );
const keyOf = (change: object = {}) =>
  jest.mocked(readKey).mockResolvedValue({
    id: 'id',
    arn: 'arn:aws:kms:eu-west-1:123456789012:key/id',
    state: 'Enabled',
    tags: own,
    ...change,
  } as any);
const ids = async () =>
  (await list()).flatMap(each => each.resources.map(r => r.physicalId));

beforeEach(() => {
  jest.resetAllMocks();
  keyOf();
});

it('lists own buckets by their names, and the key that encrypts them, with the tags of the stack', async () => {
  bucketOf(own, 'arn');
  expect(await list()).toEqual([
    {
      stackName: 'movielens-demo-foundations',
      resources: [
        { logicalId: 'DataBucket', type: 'AWS::S3::Bucket', physicalId: data },
        { logicalId: 'Key', type: 'AWS::KMS::Key', physicalId: 'id' },
      ],
      tags: {
        'data-lake:entity': entityRef,
        'data-lake:owner': 'group:default/movies',
      },
      unknown: [],
    },
  ]);
  expect(authorizeBucket).toHaveBeenCalledWith(data);
});

it.each([
  ['another entity', { 'data-lake:entity': 'component:default/other' }],
  ['no entity', {}],
])('leaves a bucket of %s alone', async (_, tags) => {
  bucketOf(tags, 'arn');
  expect(await list()).toEqual([]);
});

it.each([
  ['is another entity’s', { tags: {} }],
  ['waits for its deletion', { state: 'PendingDeletion' }],
])('leaves a key alone that %s', async (_, change) => {
  bucketOf(own, 'arn');
  keyOf(change);
  expect(await ids()).toEqual([data]);
});

it('leaves a second key alone, where the stack has one, and says so', async () => {
  jest.mocked(findBucket).mockImplementation(async ({ bucket }) => ({
    name: bucket,
    tags: own,
    key: /-(data|code)-/.exec(bucket)?.[1],
  }));
  jest
    .mocked(readKey)
    .mockImplementation(
      async ({ key }) =>
        ({ id: key, arn: key, state: 'Enabled', tags: own } as any),
    );
  const found = await ids();
  expect(found).toContain('data');
  expect(found).not.toContain('code');
  expect(lines.join()).toMatch(/Key code of bucket .*code.* is left alone/);
});

it.each([NotAllowedError, NotFoundError])(
  'leaves a key alone of which KMS answers %p',
  async Failure => {
    bucketOf(own, 'arn');
    jest.mocked(readKey).mockRejectedValue(new Failure('x'));
    expect(await ids()).toEqual([data]);
  },
);

it('does not pass over a bucket that it may not read', async () => {
  jest.mocked(findBucket).mockImplementation(async ({ bucket }) => {
    if (bucket === data) throw new NotAllowedError('need s3:GetBucketTagging');
    return undefined;
  });
  expect(await list()).toMatchObject([
    {
      resources: [],
      unknown: [{ name: data, reason: 'need s3:GetBucketTagging' }],
    },
  ]);
});

it('refuses a bucket of another owner', async () => {
  bucketOf(own);
  authorizeBucket.mockRejectedValue(new NotAllowedError('not yours'));
  await expect(list()).rejects.toThrow('not yours');
});
