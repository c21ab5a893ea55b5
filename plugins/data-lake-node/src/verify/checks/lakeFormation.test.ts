import { runCheck, stackOf } from '../__testUtils__/verifyContext';
import { lakeFormationCheck } from './lakeFormation';

const Resource = { Database: { Name: 'lake' } };
const grantTo = (DataLakePrincipalIdentifier: unknown, resource = Resource) =>
  [
    'AWS::LakeFormation::PrincipalPermissions',
    {
      Principal: { DataLakePrincipalIdentifier },
      Resource: resource,
      Permissions: ['DESCRIBE', 'ALTER'],
    },
  ] as [string, object];
const stack = stackOf({
  Role: ['AWS::IAM::Role'],
  OfRole: grantTo({ 'Fn::GetAtt': ['Role', 'Arn'] }),
  OfUser: grantTo('arn:aws:iam::111122223333:user/ann'),
});

/** Grants, one a page, in the order in which they are asked for. */
function check(granted: Record<string, string[]>) {
  const asked: any[] = [];
  const outcome = runCheck(lakeFormationCheck, {
    project: { lakeFormation: true },
    stack,
    answers: {
      ListPermissions: input => {
        asked.push(input);
        const all = granted[input.Principal.DataLakePrincipalIdentifier] ?? [];
        const page = Number(input.NextToken ?? 0);
        return {
          PrincipalResourcePermissions: [{ Permissions: [all[page]] }],
          NextToken: page + 1 < all.length ? String(page + 1) : undefined,
        };
      },
    },
  });
  return { outcome, asked };
}

const both = ['DESCRIBE', 'ALTER'];
const role = 'arn:aws:iam::111122223333:role/my-Role';
const user = 'arn:aws:iam::111122223333:user/ann';

describe('the check of Lake Formation', () => {
  it('passes with every grant of the stack, to roles of the template too', async () => {
    const { outcome, asked } = check({ [role]: both, [user]: both });
    expect(await outcome).toEqual({ state: 'passed', reason: '2 grants' });
    expect(asked[0]).toMatchObject({ Resource });
    expect(asked).toHaveLength(4);
  });

  it('fails with each permission that is not granted', async () => {
    const { outcome } = check({ [role]: ['DESCRIBE'], [user]: both });
    expect(await outcome).toMatchObject({
      state: 'failed',
      reason: 'No longer granted: OfRole: ALTER',
    });
  });

  it('passes if the project does not use Lake Formation', async () => {
    expect(await runCheck(lakeFormationCheck, { stack })).toMatchObject({
      state: 'passed',
    });
  });

  it('is unknown while no stack grants permissions', async () => {
    const project = { lakeFormation: true };
    expect(
      await runCheck(lakeFormationCheck, { project, stack: stackOf({}) }),
    ).toMatchObject({ state: 'unknown', remedy: 'Deploy the environment' });
  });

  it.each([
    ['${DataBucketParameter.Value}', user],
    ['lake', { 'Fn::GetAtt': ['GoneRole', 'Arn'] }],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, user],
  ])(
    'asks nothing about what only CloudFormation knows, and is unknown: %j to %j',
    async (ResourceArn, principal) => {
      const location = { DataLocation: { ResourceArn } } as any;
      const unclear = stackOf({ Unclear: grantTo(principal, location) });
      const outcome = await runCheck(lakeFormationCheck, {
        project: { lakeFormation: true },
        stack: unclear,
      });
      expect(outcome).toMatchObject({
        state: 'unknown',
        reason: expect.stringContaining('Unclear'),
      });
    },
  );

  it.each([
    [{ Table: { Name: 'movies' } }],
    [{ DataLocation: { ResourceArn: 'arn:aws:s3:::lake' } }],
  ])('asks for the same resource as the template: %j', async resource => {
    const asked: any[] = [];
    await runCheck(lakeFormationCheck, {
      project: { lakeFormation: true },
      stack: stackOf({ Grant: grantTo(user, resource as any) }),
      answers: {
        ListPermissions: input => {
          asked.push(input.Resource);
          return {};
        },
      },
    });
    expect(asked).toEqual([resource]);
  });
});
