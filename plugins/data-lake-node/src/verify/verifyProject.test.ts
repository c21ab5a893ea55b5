import { Check, Project } from '@data-lake/plugin-data-lake-common';
import { Answers, sdkError } from '../services/__testUtils__/fakeClients';
import { answeringClients, files } from './__testUtils__/verifyContext';
import { projectChecks, verifyProject } from './verifyProject';

const log = jest.fn();
const project = {
  lakeFormation: true,
  datasets: [{ tables: ['movies'], marts: [] }],
} as unknown as Project;

/** The stack can be read, and nothing besides. */
const onlyStacks: Answers = {
  DescribeStacks: () => ({
    Stacks: [
      {
        StackId: 'arn:aws:cloudformation:eu-central-1:1:stack/foundations/1',
        StackName: 'movielens-demo-foundations',
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [
          { OutputKey: 'DatabaseName', OutputValue: 'lake' },
          { OutputKey: 'CodeBucketName', OutputValue: 'code' },
        ],
        Parameters: [
          { ParameterKey: 'ReleasePrefix', ParameterValue: 'releases/0123/' },
          { ParameterKey: 'Role', ParameterValue: 'airflow-role' },
        ],
        CreationTime: new Date(0),
      },
    ],
  }),
  ListStackResources: () => ({
    StackResourceSummaries: [
      summary('Policy', 'AWS::IAM::ManagedPolicy'),
      summary('Grant', 'AWS::LakeFormation::PrincipalPermissions'),
      summary('Parameter', 'AWS::SSM::Parameter'),
    ],
  }),
  GetTemplate: () => ({
    TemplateBody: JSON.stringify({
      Parameters: { Role: { Type: 'String' } },
      Resources: {
        Policy: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { Roles: [{ Ref: 'Role' }] },
        },
        Grant: {
          Type: 'AWS::LakeFormation::PrincipalPermissions',
          Properties: {
            Principal: { DataLakePrincipalIdentifier: 'arn:aws:iam::1:user/a' },
            Resource: { Database: { Name: 'lake' } },
            Permissions: ['DESCRIBE'],
          },
        },
        Parameter: { Type: 'AWS::SSM::Parameter', Properties: {} },
      },
    }),
  }),
};
const summary = (LogicalResourceId: string, ResourceType: string) => ({
  LogicalResourceId,
  ResourceType,
  PhysicalResourceId: `my-${LogicalResourceId}`,
  ResourceStatus: 'CREATE_COMPLETE',
  LastUpdatedTimestamp: new Date(0),
});

const verify = (answers: Answers, signal?: AbortSignal) =>
  verifyProject({
    clients: answeringClients(answers),
    project,
    files,
    log,
    signal,
  });
const stateOf = (checks: Check[]) =>
  Object.fromEntries(checks.map(({ id, state }) => [id, state]));

beforeEach(() => log.mockReset());

describe('verifyProject', () => {
  it('passes nothing that it cannot read, and says why', async () => {
    const checks = await verify(onlyStacks);
    const { stacks, ...others } = stateOf(checks);
    expect(stacks).toBe('passed');
    expect(new Set(Object.values(others))).toEqual(new Set(['unknown']));
    for (const { state, reason, remedy = '' } of checks) {
      expect(reason).not.toBe('');
      expect(remedy !== '').toBe(state !== 'passed');
    }
  });

  it('passes nothing but what needs no stack while there is none', async () => {
    const missing = sdkError(
      'ValidationError',
      'Stack with id movielens-demo-foundations does not exist',
    );
    const checks = await verify({
      DescribeStacks: () => {
        throw missing;
      },
    });
    expect(checks.filter(({ state }) => state === 'passed')).toEqual([]);
    expect(stateOf(checks).stacks).toBe('failed');
  });

  it('makes all checks in their order, and logs each in one line', async () => {
    const checks = await verify({
      ...onlyStacks,
      GetParameters: () => ({
        Parameters: [{ Name: 'my-Parameter', Value: 'x' }],
      }),
      ListAttachedRolePolicies: () => ({ AttachedPolicies: [] }),
    });
    expect(checks.map(({ id }) => id)).toEqual(projectChecks.map(c => c.id));
    expect(stateOf(checks)).toMatchObject({
      parameters: 'passed',
      'mwaa-policy': 'failed',
    });
    const lines = log.mock.calls.flat();
    expect(lines).toContain('✓ The SSM parameters can be read: 1 parameters');
    expect(lines).toContain(
      "✗ The MWAA execution role has the project's policies: Role airflow-role lacks my-Policy",
    );
    expect(lines).toContain('    Attach it to the role: the DAG needs it');
    expect(lines.filter(line => /^[✓✗?] /.test(line))).toHaveLength(
      projectChecks.length,
    );
  });

  it('tells and logs no secret that a name or a reason holds', async () => {
    const policy = summary('Policy', 'AWS::IAM::ManagedPolicy');
    const PhysicalResourceId = 'password=hunter2';
    const checks = await verify({
      ...onlyStacks,
      ListStackResources: () => ({
        StackResourceSummaries: [{ ...policy, PhysicalResourceId }],
      }),
      ListAttachedRolePolicies: () => ({ AttachedPolicies: [] }),
    });
    const said = JSON.stringify([checks, log.mock.calls]);
    expect(said).toContain('lacks password=****');
    expect(said).not.toContain('hunter2');
  });

  it('rejects when it is aborted, and answers nothing', async () => {
    const cancel = new AbortController();
    const answers = {
      ...onlyStacks,
      GetTables: () => cancel.abort(new Error('stop')),
    };
    await expect(verify(answers, cancel.signal)).rejects.toThrow('stop');
  });

  it('gives every check an id and a title of its own', () => {
    for (const key of ['id', 'title'] as const) {
      const values = projectChecks.map(check => check[key]);
      expect(new Set(values).size).toBe(values.length);
    }
  });
});
