import fc from 'fast-check';
import { findBroader, matches } from './broader';
import { resolveResources } from './resolve';

type Statement = {
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
};

const role = (Statement: unknown, rest: object = {}) => ({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        },
        Policies: [{ PolicyDocument: { Statement } }],
        ...rest,
      },
    },
  },
});

const broader = (
  before: unknown,
  after: unknown,
  parameters: { before?: object; after?: object } = {},
) =>
  findBroader(
    resolveResources(before, { ...parameters.before }),
    resolveResources(after, { ...parameters.after }),
  ).map(({ logicalId, text }) => `${logicalId} ${text}`);

const names = ['s3:GetObject', 's3:PutObject', 'sns:Publish'];
const statement: fc.Arbitrary<Statement> = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
  Action: fc.subarray(['s3:GetObject', 's3:*', '*', 'sns:Pub?ish', 's3:Put*'], {
    minLength: 1,
  }),
  Resource: fc.subarray(['a', 'a/*', '*', 'a/?', 'b'], { minLength: 1 }),
});
const policy = fc.array(statement, { maxLength: 4 });

/** What IAM would say, written independently of the comparison. */
function isAllowed(statements: Statement[], action: string, on: string) {
  const glob = (pattern: string, text: string) =>
    new RegExp(
      `^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`,
      'i',
    ).test(text);
  const hit = (effect: string) =>
    statements.some(
      s =>
        s.Effect === effect &&
        s.Action.some(a => glob(a, action)) &&
        s.Resource.some(r => glob(r, on)),
    );
  return hit('Allow') && !hit('Deny');
}

describe('findBroader', () => {
  it('misses nothing that IAM would allow afterwards and not before', () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        const actions = [...names, 's3:PutObjectAcl', 'iam:PassRole'];
        const more = actions.some(action =>
          ['a', 'a/b', 'a/bc', 'b', 'other'].some(
            on =>
              isAllowed(after, action, on) && !isAllowed(before, action, on),
          ),
        );
        const found = broader(role(before), role(after)).length > 0;
        // more than IAM would allow may be found, never less
        expect([more, found]).not.toEqual([true, false]);
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing of what stays, is reordered, or goes', () => {
    fc.assert(
      fc.property(policy, fc.integer(), (statements, n) => {
        expect(broader(role(statements), role(statements))).toEqual([]);
        const reversed = [...statements].reverse();
        expect(broader(role(statements), role(reversed))).toEqual([]);
        const allows = statements.filter(s => s.Effect === 'Allow');
        const fewer = allows.filter((_s, i) => i !== Math.abs(n) % 4);
        expect(broader(role(allows), role(fewer))).toEqual([]);
      }),
    );
  });

  const s3 = (Action: string, rest: object = {}) => ({
    Effect: 'Allow',
    Action,
    Resource: 'a',
    ...rest,
  });

  it.each([
    [
      'a condition that is dropped',
      role(s3('s3:GetObject', { Condition: { Bool: { x: 'true' } } })),
      role(s3('s3:GetObject')),
      /Role may this role: s3:GetObject on a/,
    ],
    [
      'a NotAction',
      role(s3('s3:Get*')),
      role({ Effect: 'Allow', NotAction: 's3:Get*', Resource: 'a' }),
      /not "s3:Get\*"/,
    ],
    [
      'a boundary that is taken away',
      role([], { PermissionsBoundary: 'arn:b' }),
      role([]),
      /is denied no more: this role: beyond arn:b/,
    ],
    [
      'a managed policy',
      role([]),
      role([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/Admin'] }),
      /policy arn:aws:iam::aws:policy\/Admin/,
    ],
    [
      'who may assume a role',
      role([]),
      role([], {
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
          ],
        },
      }),
      /\*: sts:AssumeRole/,
    ],
    [
      'a bucket opened to the public',
      {
        Resources: {
          B: {
            Type: 'AWS::S3::Bucket',
            Properties: {
              PublicAccessBlockConfiguration: { BlockPublicAcls: true },
            },
          },
        },
      },
      { Resources: { B: { Type: 'AWS::S3::Bucket' } } },
      /B is denied no more: \*: public access \(BlockPublicAcls\)/,
    ],
    [
      'a port opened to the network',
      { Resources: {} },
      {
        Resources: {
          G: {
            Type: 'AWS::EC2::SecurityGroupIngress',
            Properties: {
              IpProtocol: 'tcp',
              FromPort: 22,
              ToPort: 22,
              CidrIp: '0.0.0.0/0',
              GroupId: { Ref: 'X' },
            },
          },
        },
      },
      /G may 0.0.0.0\/0: in tcp 22-22 on \$\{X\}/,
    ],
  ])('tells %s', (_what, before, after, message) => {
    expect(broader(before, after)).toEqual([expect.stringMatching(message)]);
  });

  it('sees what a parameter or a condition makes of the same template', () => {
    const same = {
      Parameters: { Who: { Type: 'String', Default: 'a' } },
      Conditions: {
        Wide: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Who' }, 'a'] }] },
      },
      ...role([
        s3('s3:GetObject', { Resource: { 'Fn::Sub': '${Who}/*' } }),
        {
          'Fn::If': ['Wide', s3('s3:PutObject'), { Ref: 'AWS::NoValue' }],
        },
      ]),
    };
    expect(broader(same, same, { after: { Who: 'a' } })).toEqual([]);
    expect(broader(same, same, { after: { Who: 'b' } })).toEqual([
      expect.stringContaining('s3:GetObject on b/*'),
      expect.stringContaining('s3:PutObject on a'),
    ]);
  });

  it('takes any properties, however wrong', () => {
    const types = ['IAM::Role', 'IAM::Policy', 'S3::Bucket', 'S3::BucketPolicy']
      .concat(['Lambda::Permission', 'EC2::SecurityGroup', 'KMS::Key'])
      .map(type => `AWS::${type}`);
    const keys = ['Policies', 'PolicyDocument', 'Statement', 'Principal']
      .concat(['Action', 'Roles', 'SecurityGroupIngress', 'Ref', 'Fn::If'])
      .concat(['Fn::GetAtt', 'Fn::Join', 'KeyPolicy', 'Condition', 'toString'])
      .concat(['Fn::Sub', 'Fn::FindInMap', 'Fn::Equals']);
    const { properties } = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(null, '*', 'a', 1, true),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('properties'),
      ),
      properties: fc.dictionary(fc.constantFrom(...keys), tie('value'), {
        maxKeys: 4,
      }),
    }));
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        properties,
        properties,
        (Type, before, after) => {
          const template = (Properties: unknown) => ({
            Resources: { A: { Type, Properties } },
          });
          expect(() =>
            broader(template(before), template(after)),
          ).not.toThrow();
          expect(broader(template(after), template(after))).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('ends in time with a hostile template', () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => `x:${i}*`);
    const wide = (n: number) =>
      role({ Effect: 'Allow', Action: many(n), Resource: many(n) });
    const began = Date.now();
    expect(broader(wide(2000), wide(2001))).toHaveLength(1);
    expect(matches(`${'a*'.repeat(5000)}b`, 'a'.repeat(10_000))).toBe(false);
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});
