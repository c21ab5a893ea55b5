import { ConfigReader } from '@backstage/config';
import { Accounts } from './accounts';

const accounts = Accounts.fromConfig(
  new ConfigReader({
    awsDeploy: {
      accounts: [
        {
          id: '111111111111',
          name: 'movies',
          regions: ['eu-west-1'],
          owners: ['group:default/Movies'],
        },
        { id: '222222222222', regions: ['us-east-1'] },
      ],
    },
  }),
);

describe('Accounts', () => {
  it('lists what an owner may use, without regard to case', () => {
    const ids = (ownerRefs?: string[]) =>
      accounts.listAccounts({ ownerRefs }).map(({ id }) => id);
    expect(ids()).toEqual(['111111111111', '222222222222']);
    expect(ids(['group:default/movies'])).toHaveLength(2);
    expect(ids(['group:default/finance'])).toEqual(['222222222222']);
    expect(ids([])).toEqual(['222222222222']);
  });

  it('refuses an account or region with what is allowed instead', () => {
    const assert = (account: string, region: string, owner?: string) => () =>
      accounts.assertAllowed({ account, region, owner });
    expect(
      assert('111111111111', 'eu-west-1', 'group:default/movies'),
    ).not.toThrow();
    expect(
      assert('111111111111', 'eu-west-1', 'group:default/finance'),
    ).toThrow(/not allowed for group:default\/finance.*222222222222/);
    expect(assert('333333333333', 'eu-west-1')).toThrow(
      /111111111111 \(movies\), 222222222222/,
    );
    expect(assert('111111111111', 'us-east-1')).toThrow(
      /Allowed regions: eu-west-1/,
    );
  });

  it('holds the names of stacks to the prefixes of their owners', () => {
    const account = '111111111111';
    const prefixed = Accounts.fromConfig(
      new ConfigReader({
        awsDeploy: {
          accounts: [
            {
              id: account,
              regions: ['eu-west-1'],
              stackNamePrefixes: [
                { owner: 'group:default/Movies', prefixes: ['movielens-'] },
                { prefixes: ['sandbox-'] },
              ],
            },
          ],
        },
      }),
    );
    const assert =
      (stackName: string, ...ownerRefs: string[]) =>
      () =>
        prefixed.assertAllowed({
          account,
          region: 'eu-west-1',
          ownerRefs,
          stackName,
        });
    expect(assert('movielens-x', 'group:default/movies')).not.toThrow();
    expect(assert('sandbox-x', 'user:default/ada')).not.toThrow();
    expect(assert('movielens2-x', 'group:default/movies')).toThrow(
      /movielens2-x is not allowed.*begin with: movielens-, sandbox-/,
    );
    expect(assert('movielens-x', 'group:default/finance')).toThrow(
      /begin with: sandbox-$/,
    );
  });

  it('allows nothing where nothing is configured', () => {
    const none = Accounts.fromConfig(new ConfigReader({}));
    expect(() =>
      none.assertAllowed({ account: '111111111111', region: 'x' }),
    ).toThrow(/see awsDeploy.accounts/);
  });

  it('names the key of a configuration that is wrong', () => {
    const config = new ConfigReader({
      awsDeploy: { accounts: [{ id: 12, regions: [] }] },
    });
    expect(() => Accounts.fromConfig(config)).toThrow(
      /awsDeploy\.accounts\.0\.id.*awsDeploy\.accounts\.0\.regions/,
    );
  });
});
