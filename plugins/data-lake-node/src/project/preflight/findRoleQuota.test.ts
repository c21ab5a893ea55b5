import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRoleQuota } from './findRoleQuota';

const find = (names: string[]) => {
  const pages = [names.slice(0, 5), names.slice(5)];
  const send = jest.fn(async ({ input }: any) => ({
    AttachedPolicies: pages[Number(input.Marker ?? 0)].map(name => ({
      PolicyArn: `arn:aws:iam::111122223333:policy/${name}`,
    })),
    Marker: input.Marker ? undefined : '1',
  }));
  return findRoleQuota({
    clients: { iam: { send } } as any,
    role: 'airflow',
    prefix: 'movielens-demo',
  });
};
const others = (count: number) =>
  Array.from({ length: count }, (_, index) => `other-${index}-mwaa`);

describe('findRoleQuota', () => {
  it.each([0, 1, 9])('has nothing to say of %d policies', async count => {
    expect(await find(others(count))).toBeUndefined();
  });

  it('does not count its own, which an earlier try attached', async () => {
    const own = ['movielens-demo-mwaa'];
    expect(await find([...own, ...others(9)])).toBeUndefined();
  });

  it.each([
    [
      10,
      false,
      /has 10 managed policies, and the deployment attaches 1: more than 10 needs a raised quota/,
    ],
    [24, false, /more than 10 needs a raised quota/],
    [25, true, /has 25 managed policies, .* more than 25 is not possible/],
    [50, true, /Choose another MWAA environment/],
  ])('finds %d too many', async (count, isCertain, text) => {
    expect(await find(others(count))).toEqual({
      isCertain,
      text: expect.stringMatching(text),
    });
  });

  it('knows how many a project attaches', async () => {
    const file =
      '../../../../../skeleton/infra/templates/foundations.template.json';
    const { Resources } = JSON.parse(
      readFileSync(join(__dirname, file), 'utf8'),
    );
    const toMwaa = Object.values<any>(Resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::IAM::ManagedPolicy' &&
        JSON.stringify(Properties.Roles)?.includes('MwaaExecutionRoleName'),
    );
    const found = await find(others(10));
    expect(found?.text).toContain(`attaches ${toMwaa.length}:`);
  });
});
