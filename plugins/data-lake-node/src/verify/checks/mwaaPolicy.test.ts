import { runCheck, stackOf } from '../__testUtils__/verifyContext';
import { mwaaPolicyCheck } from './mwaaPolicy';

const policy = (role: string) =>
  ['AWS::IAM::ManagedPolicy', { Roles: [role] }] as [string, object];
const stack = stackOf({
  Read: policy('airflow-role'),
  Write: policy('airflow-role'),
  Other: policy('another-role'),
});

/** Pages of attached policies. */
const check = (...pages: string[][]) =>
  runCheck(mwaaPolicyCheck, {
    stack,
    answers: {
      ListAttachedRolePolicies: ({ Marker = '0', RoleName }) => {
        expect(RoleName).toBe('airflow-role');
        const next = Number(Marker) + 1;
        return {
          AttachedPolicies: pages[Number(Marker)].map(PolicyArn => ({
            PolicyArn,
          })),
          Marker: next < pages.length ? String(next) : undefined,
        };
      },
    },
  });

describe('the check of the MWAA policies', () => {
  it('passes with all policies on the role', async () => {
    expect(await check(['my-Read', 'more'], ['my-Write'])).toEqual({
      state: 'passed',
      reason: 'Role airflow-role has all 2',
    });
  });

  it('fails with each policy that the role lacks', async () => {
    expect(await check(['my-Read'])).toEqual({
      state: 'failed',
      reason: 'Role airflow-role lacks my-Write',
      remedy: 'Attach it to the role: the DAG needs it',
    });
  });

  it('is unknown while no stack attaches a policy to the role', async () => {
    expect(
      await runCheck(mwaaPolicyCheck, { stack: stackOf({}) }),
    ).toMatchObject({ state: 'unknown', remedy: 'Deploy the environment' });
  });
});
