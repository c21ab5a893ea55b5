import { TemplateResource } from '../../template/evaluateTemplate';
import { toText } from '../../template/json';
import { isOwn } from './isOwn';
import { branchesOf, isListed, ReachScope } from './reachScope';

/** Lists the resources of others that a resource changes or acts on, one line each. */
export function listAttachmentReach(
  { type, properties }: TemplateResource,
  scope: ReachScope,
): string[] {
  const targets = Object.hasOwn(attachments, type) ? attachments[type] : {};
  return Object.entries(targets).flatMap(([property, ofType]) =>
    branchesOf(properties[property])
      .filter(
        target =>
          !isOwn(target, scope, [ofType]) &&
          !(
            ofType === role &&
            type !== 'AWS::IAM::InstanceProfile' &&
            isListed(target, scope.reach.attachableRoles)
          ),
      )
      .map(
        target =>
          `changes ${property} ${toText(
            target,
          )}, which is not of this template`,
      ),
  );
}

const role = 'AWS::IAM::Role';
const user = 'AWS::IAM::User';
const group = 'AWS::IAM::Group';
const bucket = 'AWS::S3::Bucket';
const lambda = 'AWS::Lambda::Function';
const principals = { Roles: role, Users: user, Groups: group };

/** The properties of a type that name what it changes, with the type that this must have. */
const attachments: Record<string, Record<string, string>> = {
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
  'AWS::SNS::Subscription': { TopicArn: 'AWS::SNS::Topic' },
  'AWS::SNS::TopicInlinePolicy': { TopicArn: 'AWS::SNS::Topic' },
  'AWS::SNS::TopicPolicy': { Topics: 'AWS::SNS::Topic' },
  'AWS::SQS::QueueInlinePolicy': { Queue: 'AWS::SQS::Queue' },
  'AWS::SQS::QueuePolicy': { Queues: 'AWS::SQS::Queue' },
  'AWS::SecretsManager::ResourcePolicy': {
    SecretId: 'AWS::SecretsManager::Secret',
  },
};
