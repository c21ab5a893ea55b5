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
});
