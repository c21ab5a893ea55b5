const role = 'AWS::IAM::Role';
const user = 'AWS::IAM::User';
const group = 'AWS::IAM::Group';
const bucket = 'AWS::S3::Bucket';
const lambda = 'AWS::Lambda::Function';
const topic = 'AWS::SNS::Topic';
const database = 'AWS::Glue::Database';
const vpc = 'AWS::EC2::VPC';
const securityGroup = 'AWS::EC2::SecurityGroup';
const routeTable = 'AWS::EC2::RouteTable';
/** No template makes it. */
const account = 'the account';
const principals = { Roles: role, Users: user, Groups: group };

/** The properties of a type that name what it changes, as paths, with the type that this must have. */
export const attachments: Readonly<
  Record<string, Readonly<Record<string, string>>>
> = {
  'AWS::IAM::AccessKey': { UserName: user },
  'AWS::IAM::GroupPolicy': { GroupName: group },
  'AWS::IAM::InstanceProfile': { Roles: role },
  'AWS::IAM::ManagedPolicy': principals,
  'AWS::IAM::Policy': principals,
  'AWS::IAM::RolePolicy': { RoleName: role },
  'AWS::IAM::User': { Groups: group },
  'AWS::IAM::UserPolicy': { UserName: user },
  'AWS::IAM::UserToGroupAddition': { GroupName: group, Users: user },
  'AWS::DynamoDB::ResourcePolicy': { ResourceArn: 'AWS::DynamoDB::Table' },
  'AWS::Kinesis::ResourcePolicy': { ResourceArn: 'AWS::Kinesis::Stream' },
  'AWS::KMS::Alias': { TargetKeyId: 'AWS::KMS::Key' },
  'AWS::Lambda::EventInvokeConfig': { FunctionName: lambda },
  'AWS::Lambda::EventSourceMapping': { FunctionName: lambda },
  'AWS::Lambda::LayerVersionPermission': { LayerVersionArn: lambda },
  'AWS::Lambda::Permission': { FunctionName: lambda },
  'AWS::Lambda::Url': { TargetFunctionArn: lambda },
  'AWS::S3::AccessPoint': { Bucket: bucket },
  'AWS::S3::BucketPolicy': { Bucket: bucket },
  'AWS::SNS::Subscription': { TopicArn: topic },
  'AWS::SNS::TopicInlinePolicy': { TopicArn: topic },
  'AWS::SNS::TopicPolicy': { Topics: topic },
  'AWS::SQS::QueueInlinePolicy': { Queue: 'AWS::SQS::Queue' },
  'AWS::SQS::QueuePolicy': { Queues: 'AWS::SQS::Queue' },
  'AWS::SecretsManager::ResourcePolicy': {
    SecretId: 'AWS::SecretsManager::Secret',
  },
  'AWS::CloudWatch::Alarm': {
    AlarmActions: topic,
    InsufficientDataActions: topic,
    OKActions: topic,
  },
  'AWS::EC2::Route': { RouteTableId: routeTable },
  'AWS::EC2::RouteTable': { VpcId: vpc },
  'AWS::EC2::SecurityGroupEgress': { GroupId: securityGroup },
  'AWS::EC2::SecurityGroupIngress': { GroupId: securityGroup },
  'AWS::EC2::Subnet': { VpcId: vpc },
  'AWS::EC2::SubnetRouteTableAssociation': {
    RouteTableId: routeTable,
    SubnetId: 'AWS::EC2::Subnet',
  },
  'AWS::EC2::VPCEndpoint': { RouteTableIds: routeTable, VpcId: vpc },
  'AWS::EC2::VPCGatewayAttachment': { VpcId: vpc },
  'AWS::Glue::Table': { DatabaseName: database },
  'AWS::LakeFormation::Permissions': {
    'Resource.DatabaseResource.Name': database,
    'Resource.TableResource.DatabaseName': database,
    'Resource.TableWithColumnsResource.DatabaseName': database,
    'Resource.DataLocationResource.S3Resource': bucket,
  },
  'AWS::LakeFormation::PrincipalPermissions': {
    'Resource.Catalog': account,
    'Resource.Database.Name': database,
    'Resource.DataCellsFilter.DatabaseName': database,
    'Resource.DataLocation.ResourceArn': bucket,
    'Resource.LFTag': account,
    'Resource.LFTagPolicy': account,
    'Resource.Table.DatabaseName': database,
    'Resource.TableWithColumns.DatabaseName': database,
  },
  'AWS::LakeFormation::Resource': { ResourceArn: bucket },
  'AWS::Lambda::Alias': { FunctionName: lambda },
  'AWS::Lambda::Version': { FunctionName: lambda },
};
