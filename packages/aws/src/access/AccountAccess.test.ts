import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { Accounts } from '../accounts/accounts';
import { AccountAccess } from './AccountAccess';

const owner = 'group:default/data-engineering';
const movies = { account: '123456789012', region: 'eu-central-1' };
const user = mockCredentials.user('user:default/ada');
const service = mockCredentials.service('plugin:x');
const access = new AccountAccess({
  accounts: Accounts.fromConfig(
    new ConfigReader({
      awsDeploy: {
        accounts: [
          {
            id: movies.account,
            regions: [movies.region],
            owners: [owner],
            sharedBuckets: ['shared-mwaa'],
          },
          {
            id: '111111111111',
            regions: [movies.region],
            owners: ['group:default/finance'],
          },
        ],
      },
    }),
  ),
  userInfo: mockServices.userInfo({
    ownershipEntityRefs: ['user:default/ada', owner],
  }),
  ownerTags: ['backstage:owner', 'team'],
});

describe('AccountAccess', () => {
  it("lets a member of the owner use the owner's account", async () => {
    await expect(access.assertMayUse(user, movies)).resolves.toBe(undefined);
    await expect(access.assertMayUse(user, { ...movies, owner })).resolves.toBe(
      undefined,
    );
    expect(await access.listAccounts(user)).toMatchObject([
      { id: movies.account },
    ]);
  });

  it('compares owners without regard to letter case', async () => {
    const respelled = 'Group:default/Data-Engineering';
    expect(await access.isMember(user, respelled)).toBe(true);
    await expect(
      access.assertMayUse(user, { ...movies, owner: respelled }),
    ).resolves.toBe(undefined);
  });

  it("refuses another team's account, and another team as owner", async () => {
    await expect(
      access.assertMayUse(user, { ...movies, account: '111111111111' }),
    ).rejects.toThrow(/Account 111111111111 is not allowed.*123456789012/);
    const theirs = { ...movies, owner: 'group:default/finance' };
    await expect(access.assertMayUse(user, theirs)).rejects.toThrow(
      /do not belong to group:default\/finance/,
    );
    await expect(access.listAccounts(user, theirs.owner)).rejects.toThrow(
      /do not belong to group:default\/finance/,
    );
  });

  it('tells to which owners an account is open', () => {
    expect(access.isOpenTo(movies.account, owner)).toBe(true);
    expect(access.isOpenTo('111111111111', owner)).toBe(false);
    expect(access.isOpenTo(movies.account, 'group:default/x')).toBe(false);
  });

  it('refuses a region that is not allowed', async () => {
    await expect(
      access.assertMayUse(user, { ...movies, region: 'us-east-1' }),
    ).rejects.toThrow(/Allowed regions: eu-central-1/);
  });

  it('lets a service use only what is open to every owner', async () => {
    await expect(access.assertMayUse(service, movies)).rejects.toThrow(
      /is not allowed/,
    );
    expect(await access.listAccounts(service)).toEqual([]);
  });

  const tagged = (ref: string) => ({ 'backstage:owner': ref });
  const theirs = tagged('group:default/finance');

  it('decides by the tag of what is there, whatever the request says', async () => {
    const authorize = access.toAuthorizeTags(user, movies);
    await expect(authorize(theirs)).rejects.toThrow(
      /do not belong to .*finance.*out of date/,
    );
    await expect(authorize(tagged(owner))).resolves.toBe(undefined);
    await expect(authorize({})).resolves.toBe(undefined);
    await expect(authorize({ owner: 'x', 'other:owner': 'x' })).resolves.toBe(
      undefined,
    );
  });

  it('asks for each of the owners that several tags name', async () => {
    const authorize = access.toAuthorizeTags(user, movies);
    await expect(
      authorize({ ...tagged(owner), team: 'group:default/finance' }),
    ).rejects.toThrow(/belongs to group:default\/finance by its tag team/);
    await expect(authorize({ ...tagged(owner), team: owner })).resolves.toBe(
      undefined,
    );
  });

  it("refuses to write to another team's bucket, and to nobody's, unless it is shared", async () => {
    const upload = (bucket: string, tags: Record<string, string>) =>
      access.assertMayWrite(user, { ...movies, bucket }, async () => tags);
    await expect(upload('lake', theirs)).rejects.toThrow(
      /write to bucket lake: You do not belong to .*finance.*sharedBuckets/,
    );
    await expect(upload('shared-mwaa', theirs)).resolves.toBe(undefined);
    await expect(upload('lake', tagged(owner))).resolves.toBe(undefined);
    const ofNobody: Record<string, string>[] = [{}, tagged(''), { owner }];
    for (const nobodys of ofNobody) {
      await expect(upload('lake', nobodys)).rejects.toThrow(
        /write to bucket lake: it has no tag backstage:owner or team, .* add the tag in AWS.* sharedBuckets of the account/,
      );
    }
    await expect(upload('shared-mwaa', {})).resolves.toBe(undefined);
  });
});
