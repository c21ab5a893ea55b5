import fc from 'fast-check';
import { findBroaderPermissions } from './findBroaderPermissions';
import { matches } from './findUncovered';

type Statement = {
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
};

const role = (Statement: unknown, rest: object = {}, Condition?: string) => ({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      ...(Condition && { Condition }),
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
  findBroaderPermissions(
    { content: before, parameters: { ...parameters.before } },
    { content: after, parameters: { ...parameters.after } },
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

/** IAM's own decision, written independently of the comparison. */
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

describe('findBroaderPermissions', () => {
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

  it('ignores unchanged, reordered and removed permissions', () => {
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
      /Role allows this role: s3:GetObject on a/,
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
      /no longer denies this role: beyond arn:b/,
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
      /B no longer denies \*: public access \(BlockPublicAcls\)/,
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
      /G allows 0.0.0.0\/0: in tcp 22-22 on \$\{X\}/,
    ],
  ])('tells %s', (_what, before, after, message) => {
    expect(broader(before, after)).toEqual([expect.stringMatching(message)]);
  });

  const one = (type: string, Properties: object, rest: object = {}) => ({
    Resources: { X: { Type: `AWS::${type}`, Properties, ...rest } },
  });
  const acl = (AccessControl?: string) => one('S3::Bucket', { AccessControl });

  it.each([
    [
      'a web server that is opened',
      one('MWAA::Environment', { WebserverAccessMode: 'PRIVATE_ONLY' }),
      one('MWAA::Environment', { WebserverAccessMode: 'PUBLIC_ONLY' }),
      /web server/,
    ],
    ['a canned ACL', acl(), acl('PublicReadWrite'), /ACL PublicReadWrite/],
    [
      'another role of a function',
      one('Lambda::Function', { Role: 'arn:weak' }),
      one('Lambda::Function', { Role: 'arn:strong' }),
      /Role arn:strong/,
    ],
    [
      'an endpoint without its policy',
      one('EC2::VPCEndpoint', {
        PolicyDocument: { Statement: s3('s3:Get*', { Principal: '*' }) },
      }),
      one('EC2::VPCEndpoint', {}),
      /allows \*: \* on \*/,
    ],
    [
      'a policy of a user',
      { Resources: {} },
      one('IAM::UserPolicy', {
        UserName: 'u',
        PolicyDocument: { Statement: s3('*') },
      }),
      /user u: \* on a/,
    ],
    [
      'a member of a group',
      { Resources: {} },
      one('IAM::UserToGroupAddition', { GroupName: 'admins', Users: ['u'] }),
      /user u: as admins/,
    ],
    [
      'a type that is not read here, by its name',
      { Resources: {} },
      one('RAM::Permission', { Name: 'x' }),
      /allows any principal: anything in/,
    ],
    [
      'a policy within another type',
      one('EFS::FileSystem', {}),
      one('EFS::FileSystem', {
        FileSystemPolicy: { Statement: s3('*', { Principal: '*' }) },
      }),
      /allows \*: \* on a/,
    ],
    [
      'a rule without a peer',
      one('EC2::SecurityGroup', {}),
      one('EC2::SecurityGroup', { SecurityGroupIngress: [{ FromPort: 22 }] }),
      /allows any principal: in \*/,
    ],
    [
      'a map of Fn::Sub',
      role(s3('*', { Resource: sub({ 'Fn::GetAtt': ['B', 'Arn'] }) })),
      role(s3('*', { Resource: sub({ 'Fn::ImportValue': 'all' }) })),
      /ImportValue/,
    ],
    [
      'a member more of a list parameter',
      listOf('s3:Get*'),
      listOf('s3:GetObject,iam:*'),
      /iam:\* on/,
    ],
    [
      'a resource whose condition may not have been so',
      {
        Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] } },
        ...role(s3('*'), {}, 'C'),
      },
      role(s3('*')),
      /Role allows this role: \* on a/,
    ],
  ])('tells %s', (_what, before, after, message) => {
    expect(broader(before, after).join('\n')).toMatch(message);
    expect(broader(before, before)).toEqual([]);
    expect(broader(after, after)).toEqual([]);
  });

  function sub(value: unknown) {
    return { 'Fn::Sub': ['${B}/*', { B: value }] };
  }

  function listOf(Default: string) {
    return {
      Parameters: { Actions: { Type: 'CommaDelimitedList', Default } },
      ...role(s3('', { Action: { Ref: 'Actions' } })),
    };
  }

  /** Ways to write the same, which only CloudFormation can tell for sure. */
  const disguises: ((
    wide: unknown,
    narrow: unknown,
    open: string,
  ) => unknown)[] = [
    (wide, narrow, open) => ({ 'Fn::If': [open, wide, narrow] }),
    (wide, narrow, open) => ({ 'Fn::If': [open, narrow, wide] }),
    (wide, narrow, open) => ({
      'Fn::If': [open, { 'Fn::If': ['Circle', narrow, wide] }, narrow],
    }),
    wide => ({ 'Fn::Select': [{ 'Fn::ImportValue': 'n' }, [wide]] }),
    wide => ({ 'Fn::Select': ['0', [wide]] }),
  ];

  it('is not fooled by a disguise, at any place of a policy', () => {
    type Places = Record<
      'statement' | 'statements' | 'document' | 'policies',
      (value: any) => unknown
    >;
    const same = (value: unknown) => value;
    const build = (granted: object, at: Partial<Places>) => {
      const { statements = same, document = same, policies = same } = at;
      const inner = [(at.statement ?? same)(granted)];
      return {
        Conditions: {
          Open: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'x'] },
          Other: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'y'] },
          Circle: { Condition: 'Circle' },
        },
        ...role([], {
          Policies: policies([
            { PolicyDocument: document({ Statement: statements(inner) }) },
          ]),
        }),
      };
    };
    const narrow = build(s3('s3:GetObject'), {});
    fc.assert(
      fc.property(
        fc.constantFrom(...disguises),
        fc.constantFrom(...disguises),
        fc.constantFrom<keyof Places>('statement', 'statements', 'document'),
        fc.constantFrom<keyof Places>('policies', 'statements', 'document'),
        (first, second, here, there) => {
          const wide = build(s3('iam:*', { Resource: '*' }), {
            [here]: (value: unknown) => first(value, [], 'Open'),
            [there]: (value: unknown) => second(value, [], 'Other'),
          });
          expect(broader(narrow, wide)).not.toEqual([]);
          expect(broader(wide, wide)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('counts a permission hidden by too many conditions as broader', () => {
    const asking = (Action: string) => ({
      Conditions: Object.fromEntries(
        Array.from({ length: 9 }, (_, i) => [
          `C${i}`,
          { 'Fn::Equals': [{ 'Fn::ImportValue': `x${i}` }, 'x'] },
        ]),
      ),
      ...role(
        Array.from({ length: 9 }, (_, i) => ({
          'Fn::If': [`C${i}`, s3(Action), { Ref: 'AWS::NoValue' }],
        })),
      ),
    });
    expect(broader(asking('a'), asking('a'))).toEqual([]);
    expect(broader(asking('a'), asking('b'))).toEqual([
      expect.stringMatching(/may grant more: too many/),
    ]);
  });

  it('knows the region, as CloudFormation does', () => {
    const there = {
      Conditions: { Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'here'] } },
      ...role({ 'Fn::If': ['Here', s3('s3:GetObject'), s3('*')] }),
    };
    const here = { 'AWS::Region': 'here' };
    const parameters = { before: here, after: here };
    const narrow = role(s3('s3:GetObject'));
    expect(broader(narrow, there, parameters)).toEqual([]);
    expect(broader(narrow, there)).not.toEqual([]);
  });

  it('sees the effect of parameters and conditions on the same template', () => {
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

  it('accepts any properties, even invalid ones', () => {
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
    const start = Date.now();
    expect(broader(wide(2000), wide(2001))).toHaveLength(1);
    expect(matches(`${'a*'.repeat(5000)}b`, 'a'.repeat(10_000))).toBe(false);
    expect(Date.now() - start).toBeLessThan(5_000);
  });
});
