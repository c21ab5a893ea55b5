import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { Accounts } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import { readBucketTags } from '@data-lake/s3-sync';
import { authorizeEnvironment } from './authorizeEnvironment';
import { createAccountAccess } from './createAccountAccess';
import { EnvironmentAuthority } from './EnvironmentAuthority';
import { toOwnerAuthority } from './toOwnerAuthority';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
}));
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  readBucketTags: jest.fn(),
}));

const ours = 'group:default/movies';
const theirs = 'group:default/finance';
const target = { account: '123456789012', region: 'eu-central-1' };
const clients = { target } as any;
/** One account that two owners use. */
const access = createAccountAccess({
  accounts: Accounts.fromConfig(
    new ConfigReader({
      awsDeploy: {
        accounts: [
          {
            id: target.account,
            regions: [target.region],
            owners: [ours, theirs],
            sharedBuckets: ['shared'],
          },
        ],
      },
    }),
  ),
  userInfo: mockServices.userInfo({ ownershipEntityRefs: [ours] }),
});
const entity = { 'data-lake:entity': 'component:default/movielens' };

let stacks: Record<string, Record<string, string>>;
let buckets: Record<string, Record<string, string>>;

beforeEach(() => {
  stacks = {};
  buckets = { shared: { 'data-lake:owner': theirs } };
  jest
    .mocked(findStack)
    .mockImplementation(
      async (_, name) => stacks[name] && ({ tags: stacks[name] } as any),
    );
  jest.mocked(readBucketTags).mockImplementation(async ({ bucket }) => {
    if (buckets[bucket]) return buckets[bucket];
    throw new NotFoundError(`no bucket ${bucket}`);
  });
});

const authorize = (change: object = {}) =>
  authorizeEnvironment(access, {
    credentials: mockCredentials.user(),
    clients,
    owner: ours,
    stackNames: ['a-b-mwaa', 'a-b-foundations'],
    buckets: ['data', ''],
    ...change,
  });

const authorities: [string, () => Promise<EnvironmentAuthority>][] = [
  ['a user', () => authorize()],
  [
    'a CI job',
    async () =>
      toOwnerAuthority({ clients, owner: ours, sharedBuckets: ['shared'] }),
  ],
];

describe.each(authorities)('the authority of %s', (_, make) => {
  it.each([
    ['a stack without tags', {}],
    ['its owner’s stack', { ...entity, 'data-lake:owner': ours }],
    [
      'whatever the case',
      { ...entity, 'data-lake:owner': 'Group:default/Movies' },
    ],
  ])('opens %s', async (__, tags) => {
    const { authorizeStack } = await make();
    await expect(authorizeStack(tags)).resolves.toBe(undefined);
  });

  it.each([
    ['another owner’s stack', { ...entity, 'data-lake:owner': theirs }],
    ['a stack of an entity without an owner', entity],
    ['an empty owner', { ...entity, 'data-lake:owner': '' }],
  ])('refuses %s', async (__, tags) => {
    const { authorizeStack } = await make();
    await expect(authorizeStack(tags)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
  });

  it('opens its own and shared buckets, and no other owner’s', async () => {
    buckets.lake = { 'data-lake:owner': ours };
    buckets.generic = { 'backstage:owner': ours };
    buckets.payroll = { 'data-lake:owner': theirs };
    const { authorizeBucket } = await make();
    await expect(authorizeBucket('lake')).resolves.toBe(undefined);
    await expect(authorizeBucket('generic')).resolves.toBe(undefined);
    await expect(authorizeBucket('shared')).resolves.toBe(undefined);
    await expect(authorizeBucket('payroll')).rejects.toThrow(/finance/);
    await expect(authorizeBucket('gone')).rejects.toThrow('no bucket gone');
  });

  it('refuses a bucket that names no owner, and says what to do', async () => {
    buckets.untagged = { team: 'x' };
    const { authorizeBucket } = await make();
    await expect(authorizeBucket('untagged')).rejects.toThrow(
      /no tag data-lake:owner or backstage:owner, so its owner is unknown. If it is yours, add the tag in AWS.*(sharedBuckets of the account|--shared-bucket)/,
    );
  });

  it.each(['data-lake:owner', 'backstage:owner'])(
    'refuses a bucket of two owners, one by the tag %s',
    async key => {
      buckets.both = {
        'data-lake:owner': ours,
        'backstage:owner': ours,
        [key]: theirs,
      };
      const { authorizeBucket } = await make();
      await expect(authorizeBucket('both')).rejects.toThrow(/finance/);
    },
  );

  it.each([
    ['no owner', entity],
    ['an empty owner', { ...entity, 'data-lake:owner': '' }],
  ])('refuses the bucket of an entity with %s', async (__, tags) => {
    buckets.lake = tags;
    const { authorizeBucket } = await make();
    await expect(authorizeBucket('lake')).rejects.toThrow(
      /belongs to component:default.movielens and has no tag data-lake:owner/,
    );
  });
});

describe('toOwnerAuthority', () => {
  it('refuses a stack whose owner is empty, without an entity too', async () => {
    const { authorizeStack } = toOwnerAuthority({ clients, owner: ours });
    await expect(
      authorizeStack({ 'data-lake:owner': '' }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});

describe('authorizeEnvironment', () => {
  it('lets through what is still to be created', async () => {
    await expect(authorize()).resolves.toBeDefined();
  });

  it.each([
    ['account', { clients: { target: { ...target, account: '1' } } }],
    ['owner', { owner: theirs }],
    [
      'owner, without a stack or bucket',
      { owner: theirs, stackNames: [], buckets: [] },
    ],
    ['stack', { stackNames: ['theirs'] }],
    ['bucket', { buckets: ['payroll'] }],
  ])('refuses by each part of the claim: %s', async (__, change) => {
    stacks.theirs = { ...entity, 'data-lake:owner': theirs };
    buckets.payroll = { 'backstage:owner': theirs };
    await expect(authorize(change)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
  });
});
