import { mockCredentials } from '@backstage/backend-test-utils';
import { access } from './__testUtils__';

const asUser = {
  getInitiatorCredentials: async () => mockCredentials.user('user:default/ada'),
};
const asService = {
  getInitiatorCredentials: async () => mockCredentials.service('plugin:x'),
};
const movies = { account: '123456789012', region: 'eu-central-1' };
const owner = 'group:default/data-engineering';

describe('AccountAccess', () => {
  it('lets a member of the owner use the owner’s account', async () => {
    await expect(access.assertMayUse(asUser, movies)).resolves.toBe(undefined);
    await expect(
      access.assertMayUse(asUser, { ...movies, owner }),
    ).resolves.toBe(undefined);
  });

  it("refuses another team's account, and another team as owner", async () => {
    await expect(
      access.assertMayUse(asUser, { ...movies, account: '111111111111' }),
    ).rejects.toThrow(/Account 111111111111 is not allowed.*123456789012/);
    await expect(
      access.assertMayUse(asUser, {
        ...movies,
        owner: 'group:default/finance',
      }),
    ).rejects.toThrow(/do not belong to group:default\/finance/);
  });

  it('refuses a region that is not allowed', async () => {
    await expect(
      access.assertMayUse(asUser, { ...movies, region: 'us-east-1' }),
    ).rejects.toThrow(/Allowed regions: eu-central-1/);
  });

  it('lets a service use only what is open to every owner', async () => {
    await expect(access.assertMayUse(asService, movies)).rejects.toThrow(
      /is not allowed/,
    );
  });

  const tagged = (ref: string) => ({ 'data-lake:owner': ref });
  const theirs = tagged('group:default/finance');

  it('goes by the tag of what is there, whatever the task says', async () => {
    const mayTouch = access.toMayTouch(asUser, movies);
    await expect(mayTouch(theirs)).rejects.toThrow(
      /do not belong to .*finance/,
    );
    await expect(mayTouch(tagged(owner))).resolves.toBe(undefined);
    await expect(mayTouch({})).resolves.toBe(undefined);
  });

  it("lets nobody upload to another team's bucket, unless it is shared", async () => {
    const upload = (bucket: string, tags: Record<string, string>) =>
      access.assertMayUpload(asUser, { ...movies, bucket }, async () => tags);
    await expect(upload('lake', theirs)).rejects.toThrow(
      /uploaded to bucket lake: You do not belong to .*finance.*sharedBuckets/,
    );
    await expect(upload('shared-mwaa', theirs)).resolves.toBe(undefined);
    await expect(upload('lake', tagged(owner))).resolves.toBe(undefined);
    await expect(upload('lake', {})).resolves.toBe(undefined);
  });
});
