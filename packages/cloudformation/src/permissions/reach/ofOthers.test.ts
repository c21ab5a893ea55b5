/** What a template makes in the name of others, sends to them, or takes from them needs permission. */
import { listFarReaching } from '../../change/listBroader';
import { parseTemplate } from '../../template/parseTemplate';
import { AllowedReach } from '../../template/templateRules';

const account = '123456789012';
const target = { account, region: 'eu-west-1' };
const arn = (service: string, name: string, of = account) =>
  `arn:aws:${service}:eu-west-1:${of}:${name}`;

const list = (
  Resources: object,
  reach: AllowedReach = {},
  rest: object = {},
  parameters: Record<string, string> = {},
) =>
  listFarReaching(
    {
      stackName: 'lake',
      template: parseTemplate(JSON.stringify({ ...rest, Resources }), {
        allowedResourceTypes: ['*'],
        reach,
      }),
      parameters,
      tags: { 'lake:project': 'movies', 'lake:owner': 'a' },
    },
    target,
  ).map(({ logicalId, text }) => `${logicalId} ${text}`);

const of = (Type: string, Properties: object = {}) => ({ Type, Properties });
const ref = (Ref: string) => ({ Ref });
const sub = (text: string) => ({ 'Fn::Sub': text });
const unknown = { 'Fn::GetAtt': ['Other', 'Arn'] };

describe('tags of its own', () => {
  const reach = { reservedTags: ['lake:*'] };
  const tag = (Key: unknown, Value: unknown) => ({ Key, Value });
  const listed = (...Tags: unknown[]) =>
    list({ It: of('AWS::S3::Bucket', { Tags }) }, reach, {
      Parameters: { Theirs: { Type: 'String', Default: 'theirs' } },
    });
  const mapped = (Tags: unknown) =>
    list({ It: of('AWS::Glue::Job', { Tags }) }, reach);

  it('may say what the stack says, and anything that is not reserved', () => {
    expect(
      listed(tag('lake:project', 'movies'), tag('Name', 'x'), tag('lake', 'x')),
    ).toEqual([]);
    expect(mapped({ 'lake:owner': 'a', Key: 'b', Value: 'c' })).toEqual([]);
  });

  it.each([
    ['another project', tag('lake:project', 'theirs')],
    ['another, by a parameter', tag('lake:project', ref('Theirs'))],
    ['what only CloudFormation knows', tag('lake:project', unknown)],
    ['a key that the stack has not', tag('lake:environment', 'demo')],
    ['a key as IAM compares it', tag('Lake:Project', 'theirs')],
    ['a key that only CloudFormation knows', tag(unknown, 'x')],
    ['no value', { Key: 'lake:owner' }],
    [
      'one of two values',
      tag('lake:owner', { 'Fn::If': ['Unknown', 'a', 'b'] }),
    ],
    [
      'one of two tags',
      { 'Fn::If': ['Unknown', tag('lake:owner', 'b'), ref('AWS::NoValue')] },
    ],
    ['a list that only CloudFormation knows', unknown],
  ])('may not name %s', (_, one) => {
    expect(listed(tag('Name', 'x'), one)).toEqual([
      expect.stringMatching(
        /^It has (the tag .* which its stack has not|tags that only CloudFormation knows)$/,
      ),
    ]);
  });

  it.each([
    ['a map', { 'lake:owner': 'b' }],
    [
      'a map with a tag called Key',
      { Key: 'x', Value: 'y', 'lake:owner': 'b' },
    ],
    ['a map that only CloudFormation knows', unknown],
  ])('may not name others by %s', (_, tags) => {
    expect(mapped(tags)).toHaveLength(1);
  });

  it.each([
    [
      'TagSpecifications',
      [{ ResourceType: 'instance', Tags: [tag('lake:owner', 'b')] }],
    ],
    ['UserPoolTags', { 'lake:owner': 'b' }],
    ['FileSystemTags', [tag('lake:owner', 'b')]],
  ])('are read in %s too', (name, value) => {
    expect(
      list({ It: of('AWS::X::Y', { [name]: value }) }, reach),
    ).toHaveLength(1);
  });

  it('are free if none is reserved', () => {
    expect(
      list({ It: of('AWS::S3::Bucket', { Tags: [tag('lake:owner', 'b')] }) }),
    ).toEqual([]);
  });
});

describe('the name of a parameter in Parameter Store', () => {
  const reach = {
    reservedParameters: ['/lakes/'],
    allowedResources: [arn('ssm', 'parameter/lakes/movies/*')],
  };
  const named = (Name: unknown) =>
    list(
      {
        It: of('AWS::SSM::Parameter', {
          ...(Name !== undefined && { Name }),
          Type: 'String',
          Value: 'x',
        }),
      },
      reach,
      { Parameters: { P: { Type: 'String', Default: 'music' } } },
    );

  it.each([
    [undefined],
    ['/lakes/movies/bucket'],
    [sub('/lakes/movies/${Unknown.Name}')],
    ['/other/x'],
    ['lakes'],
  ])('may be %j', name => {
    expect(named(name)).toEqual([]);
  });

  it.each([
    ['/lakes/music/bucket'],
    [sub('/lakes/${P}/state-machine-arn')],
    [sub('/lakes/${Unknown.Name}/x')],
    [sub('${Unknown.Name}')],
    [unknown],
    [{ 'Fn::If': ['Unknown', '/lakes/movies/x', '/lakes/music/x'] }],
  ])('may not be %j', name => {
    expect(named(name)).toEqual([
      expect.stringMatching(/^It is named .*, which is reserved for others$/),
    ]);
  });
});

describe.each([
  [
    'a subscription',
    (subscription: object) => ({
      It: of('AWS::SNS::Subscription', {
        TopicArn: ref('Topic'),
        ...subscription,
      }),
    }),
  ],
  [
    'a topic',
    (subscription: object) => ({
      It: of('AWS::SNS::Topic', { Subscription: [subscription] }),
    }),
  ],
])('the endpoint of %s', (_, make) => {
  const sendTo = (Endpoint: unknown, Protocol = 'email') =>
    list(
      {
        Topic: of('AWS::SNS::Topic'),
        Queue: of('AWS::SQS::Queue'),
        ...make({ Protocol, Endpoint }),
      },
      { allowedEndpoints: ['team@example.com', '*@ops.example.com'] },
      {
        Parameters: {
          Mail: { Type: 'String' },
          Secret: { Type: 'String', NoEcho: true },
        },
      },
      { Mail: 'team@example.com', Secret: 'team@example.com' },
    );

  it.each([
    ['team@example.com'],
    [ref('Mail')],
    ['pager@ops.example.com'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }],
  ])('may be %j', endpoint => {
    expect(sendTo(endpoint)).toEqual([]);
  });

  it.each([
    ['theirs@example.com'],
    ['https://evil.example'],
    ['+123456789'],
    [ref('Secret')],
    [{ 'Fn::ImportValue': 'x' }],
    [arn('sqs', 'theirs')],
    [arn('lambda', 'function:theirs')],
    [{ 'Fn::If': ['Unknown', 'team@example.com', 'theirs@example.com'] }],
  ])('may not be %j', endpoint => {
    expect(sendTo(endpoint).join()).toMatch(/It sends messages to /);
  });
});

describe('an import', () => {
  const value = (Value: unknown) => ({ It: of('AWS::X::Y', { Value }) });
  const imported = (name: unknown) => ({ 'Fn::ImportValue': name });
  const outputOf = (StackName: unknown, OutputName: unknown, rest = {}) => ({
    'Fn::GetStackOutput': { StackName, OutputName, ...rest },
  });
  const reach = { allowedImports: ['lake-*', 'lake.*'] };

  it('may take an output that is listed', () => {
    const own = value(outputOf(sub('${AWS::StackName}'), 'Arn'));
    expect(list(own, { allowedImports: ['lake.*'] })).toEqual([]);
    expect(list(own, { allowedImports: ['lake'] })).toHaveLength(1);
  });

  it.each([['lake-bucket'], [sub('${AWS::StackName}-bucket')]])(
    'may take what is listed: %j',
    name => {
      expect(list(value(imported(name)), reach)).toEqual([]);
    },
  );

  it.each([
    ['theirs', imported('theirs')],
    ['a name that only CloudFormation knows', imported(ref('Unknown'))],
    ['inside a text', { 'Fn::Sub': ['${X}', { X: imported('theirs') }] }],
    ['inside a list', { 'Fn::Join': ['', ['a', imported('theirs')]] }],
    ['one of two', imported({ 'Fn::If': ['Unknown', 'lake-x', 'theirs'] })],
    ['inside another', imported(sub('lake-x')), imported(imported('theirs'))],
    ['an output of another stack', outputOf('theirs', 'Secret')],
    [
      'an output of a stack that only CloudFormation knows',
      outputOf(ref('Unknown'), 'Arn'),
    ],
    [
      'an output of another region',
      outputOf('lake', 'Arn', { Region: 'eu-west-3' }),
    ],
    [
      'an output by a role',
      outputOf('lake', 'Arn', {
        RoleArn: arn('iam', 'role/any', '999999999999'),
      }),
    ],
    ['outputs in another form', { 'Fn::GetStackOutput': ['theirs', 'Secret'] }],
  ])('may not take %s', (_, ...values) => {
    expect(list(value(values), reach)).toContainEqual(
      expect.stringMatching(/^It imports .* of another stack$/),
    );
    const Outputs = { O: { Value: values.at(-1) } };
    expect(
      list({ T: of('AWS::SNS::Topic') }, reach, { Outputs }).join(),
    ).toMatch(/^Outputs imports /);
  });

  it('of a resource called Ref or Outputs counts too', () => {
    for (const id of ['Ref', 'Outputs', 'constructor']) {
      expect(
        list({ [id]: of('AWS::X::Y', { V: imported('theirs') }) }),
      ).toHaveLength(1);
    }
  });

  it('of what is never made does not count', () => {
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const It = {
      ...of('AWS::X::Y', { V: imported('theirs') }),
      Condition: 'Never',
    };
    expect(list({ It }, {}, { Conditions })).toEqual([]);
  });
});

describe('a service that may invoke a function', () => {
  const Fn = of('AWS::Lambda::Function', { Code: { ZipFile: 'x' } });
  const invokedBy = (rest: object, Principal = 's3.amazonaws.com') =>
    list({
      Fn,
      Rule: of('AWS::Events::Rule'),
      Bucket: of('AWS::S3::Bucket', { BucketName: 'own' }),
      It: of('AWS::Lambda::Permission', {
        FunctionName: ref('Fn'),
        Action: 'lambda:InvokeFunction',
        Principal,
        ...rest,
      }),
    });

  it.each([
    [{ SourceAccount: account }],
    [
      {
        SourceAccount: ref('AWS::AccountId'),
        SourceArn: 'arn:aws:s3:::theirs',
      },
    ],
    [{ SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] } }],
    [{ SourceArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }],
    [{ SourceArn: 'arn:aws:s3:::own' }],
    [{ SourceArn: arn('events', 'rule/x*') }],
  ])('does so for its own account: %j', rest => {
    expect(invokedBy(rest)).toEqual([]);
  });

  it.each([
    [{}],
    [{ SourceArn: 'arn:aws:s3:::theirs' }],
    [{ SourceArn: '*' }],
    [{ SourceArn: arn('events', 'rule/x', '999999999999') }],
    [{ SourceAccount: '999999999999' }],
    [{ SourceAccount: ref('Unknown') }],
    [{ PrincipalOrgID: 'o-1' }],
  ])('needs permission: %j', rest => {
    expect(invokedBy(rest).join()).toMatch(
      /It trusts s3.amazonaws.com for every account/,
    );
  });
});

describe.each([
  ['AWS::S3::BucketPolicy', 'Bucket', 'AWS::S3::Bucket', 'PolicyDocument'],
  ['AWS::SQS::QueuePolicy', 'Queues', 'AWS::SQS::Queue', 'PolicyDocument'],
  ['AWS::SNS::TopicPolicy', 'Topics', 'AWS::SNS::Topic', 'PolicyDocument'],
  [
    'AWS::SecretsManager::ResourcePolicy',
    'SecretId',
    'AWS::SecretsManager::Secret',
    'ResourcePolicy',
  ],
])('a service in %s', (Type, property, ofType, policy) => {
  const trusts = (Condition?: object, Service = 'logs.amazonaws.com') =>
    list({
      Own: of(ofType, {}),
      It: of(Type, {
        [property]: ref('Own'),
        [policy]: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service },
            Action: 'x:y',
            Resource: '*',
            Condition,
          },
        },
      }),
    });

  it.each([
    [{ StringEquals: { 'aws:SourceAccount': account } }],
    [{ ArnLike: { 'AWS:SourceArn': [arn('logs', 'x:*')] } }],
    [
      {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': arn('logs', 'log-group:x'),
        },
      },
    ],
  ])('serves its own account: %j', condition => {
    expect(trusts(condition)).toEqual([]);
  });

  it.each([
    [undefined],
    [{ StringEquals: { 'aws:SourceAccount': [account, '999999999999'] } }],
    [{ StringNotEquals: { 'aws:SourceAccount': account } }],
    [{ StringEqualsIfExists: { 'aws:SourceAccount': account } }],
    [{ ArnLike: { 'aws:SourceArn': '*' } }],
    [{ Bool: { 'aws:SecureTransport': 'true' } }],
  ])('needs permission otherwise: %j', condition => {
    expect(trusts(condition)).toEqual([
      'It trusts logs.amazonaws.com for every account',
    ]);
  });

  it('is EventBridge without a condition for a topic alone, which takes none', () => {
    const isTopic = Type === 'AWS::SNS::TopicPolicy';
    expect(trusts(undefined, 'events.amazonaws.com')).toHaveLength(
      isTopic ? 0 : 1,
    );
  });
});
