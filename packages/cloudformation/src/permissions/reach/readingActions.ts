import { matches } from '../findUncovered';

/**
 * Tells whether an action, which may have wildcards, neither changes resources of others nor reads what they hold:
 * it reads names and settings, or writes metrics, traces and logs. An action that is not known does.
 */
export function isHarmless(action: string): boolean {
  const text = action.toLowerCase();
  const is = (pattern: string) => matches(pattern.toLowerCase(), text);
  const mayBe = (name: string) => matches(text, name.toLowerCase());
  if (withData.some(name => is(name) || mayBe(name))) return false;
  return (
    /^[a-z0-9-]+:(describe|list)([a-z]|\*$)/.test(text) || harmless.some(is)
  );
}

/** Actions that read data or credentials, although their names say less. */
const withData = [
  'glue:GetConnection',
  'glue:GetConnections',
  'glue:GetStatement',
  'glue:GetUnfilteredPartitionMetadata',
  'glue:GetUnfilteredPartitionsMetadata',
  'glue:GetUnfilteredTableMetadata',
];

const harmless = [
  'cloudwatch:Get*',
  'cloudwatch:PutMetricData',
  // a new group has no rules, and is nobody else's; it names the VPC that it is in
  'ec2:CreateSecurityGroup',
  'glue:BatchGet*',
  'glue:Get*',
  'glue:SearchTables',
  'iam:Generate*',
  'iam:Get*',
  'iam:Simulate*',
  'lakeformation:Get*',
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:GetDelivery*',
  'logs:GetLogDelivery',
  'logs:GetLogGroupFields',
  'logs:PutLogEvents',
  's3:GetAccountPublicAccessBlock',
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetReplicationConfiguration',
  'sns:GetTopicAttributes',
  'sqs:GetQueue*',
  'sts:GetCallerIdentity',
  'tag:Get*',
  'xray:Get*',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
  // what AWS prescribes for services that deliver logs, such as Step Functions; it names no resource
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];
