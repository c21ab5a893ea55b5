/** How the resources of a type are named in ARNs. */
export interface ArnsOfType {
  /**
   * ARNs without `arn:<partition>:`, the resource's own first; `{name}`, `{path}`, `{region}` and `{account}` are
   * filled in.
   */
  arns: readonly [string, ...string[]];
  /** The property that holds the name, as a path; absent if CloudFormation gives it. */
  name?: string;
  /** Set if `Ref` returns the ARN instead of the name. */
  ref?: 'arn';
  /** Set if what is below an ARN, after this character, belongs to the resource. */
  below?: '/' | ':';
}

const here = '{region}:{account}';
const named = (service: string, kind: string, name = 'Name'): ArnsOfType => ({
  arns: [`${service}:${here}:${kind}{name}`],
  name,
});
const ofIam = (kind: string): ArnsOfType => ({
  arns: [`iam::{account}:${kind}{path}{name}`],
  name: `${
    { 'instance-profile': 'InstanceProfile' }[kind] ?? toTitle(kind)
  }Name`,
});
const toTitle = (word: string) => word[0].toUpperCase() + word.slice(1);

/**
 * The types whose resources templates may name in ARNs. Resources of other types are known by `Ref` and
 * `Fn::GetAtt` only.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export const arnsOfTypes: Readonly<Record<string, ArnsOfType>> = {
  'AWS::Athena::WorkGroup': named('athena', 'workgroup/'),
  'AWS::CloudWatch::Alarm': named('cloudwatch', 'alarm:', 'AlarmName'),
  'AWS::DynamoDB::Table': {
    ...named('dynamodb', 'table/', 'TableName'),
    below: '/',
  },
  'AWS::ECR::Repository': named('ecr', 'repository/', 'RepositoryName'),
  'AWS::EMRServerless::Application': {
    arns: [`emr-serverless:${here}:/applications/{name}`],
    below: '/',
  },
  'AWS::Events::Rule': named('events', 'rule/'),
  'AWS::Glue::Crawler': named('glue', 'crawler/'),
  'AWS::Glue::DataQualityRuleset': named('glue', 'dataQualityRuleset/'),
  'AWS::Glue::Database': {
    arns: [
      `glue:${here}:database/{name}`,
      `glue:${here}:table/{name}`,
      `glue:${here}:userDefinedFunction/{name}`,
    ],
    name: 'DatabaseInput.Name',
    below: '/',
  },
  'AWS::Glue::Job': named('glue', 'job/'),
  'AWS::IAM::Group': ofIam('group'),
  'AWS::IAM::InstanceProfile': ofIam('instance-profile'),
  'AWS::IAM::ManagedPolicy': {
    arns: ['iam::{account}:policy{path}{name}'],
    name: 'ManagedPolicyName',
    ref: 'arn',
  },
  'AWS::IAM::Role': ofIam('role'),
  'AWS::IAM::User': ofIam('user'),
  'AWS::KMS::Key': { arns: [`kms:${here}:key/{name}`] },
  'AWS::Kinesis::Stream': named('kinesis', 'stream/'),
  'AWS::Lambda::Alias': { arns: [`lambda:${here}:{name}`], ref: 'arn' },
  'AWS::Lambda::Function': {
    ...named('lambda', 'function:', 'FunctionName'),
    below: ':',
  },
  'AWS::Lambda::LayerVersion': { arns: [`lambda:${here}:{name}`], ref: 'arn' },
  'AWS::Lambda::Version': { arns: [`lambda:${here}:{name}`], ref: 'arn' },
  'AWS::Logs::LogGroup': {
    ...named('logs', 'log-group:', 'LogGroupName'),
    below: ':',
  },
  'AWS::MWAA::Environment': {
    arns: [
      `airflow:${here}:environment/{name}`,
      `airflow:${here}:role/{name}`,
      `logs:${here}:log-group:airflow-{name}-*`,
    ],
    name: 'Name',
    below: '/',
  },
  'AWS::S3::AccessPoint': { ...named('s3', 'accesspoint/'), below: '/' },
  'AWS::S3::Bucket': { arns: ['s3:::{name}'], name: 'BucketName', below: '/' },
  'AWS::SNS::Topic': {
    ...named('sns', '', 'TopicName'),
    ref: 'arn',
    below: ':',
  },
  'AWS::SQS::Queue': named('sqs', '', 'QueueName'),
  'AWS::SSM::Parameter': named('ssm', 'parameter'),
  'AWS::SecretsManager::Secret': {
    arns: [`secretsmanager:${here}:secret:{name}`],
    ref: 'arn',
  },
  'AWS::StepFunctions::StateMachine': {
    arns: [
      `states:${here}:stateMachine:{name}`,
      `states:${here}:execution:{name}`,
    ],
    name: 'StateMachineName',
    ref: 'arn',
    below: ':',
  },
};
