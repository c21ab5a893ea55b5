import { Fn } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { arn } from './names.ts';
import { outlivesStack } from './outlives-stack.ts';
import { document } from './policy.ts';

/**
 * The key that encrypts data, code, logs and alerts. It is retained with the buckets, because their
 * content is lost without it.
 */
export class Encryption extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    const key = new CfnKey(this, 'Key', {
      description: Fn.sub('Data lake ${Project}, environment ${Environment}'),
      enableKeyRotation: true,
      pendingWindowInDays: 30,
      keyPolicy: document(accountAdministers(), logsWrite(ENCRYPTED_LOGS), alertsReach()),
    });
    outlivesStack(key);
    this.keyArn = key.attrArn;

    new CfnAlias(this, 'KeyAlias', {
      aliasName: Fn.sub('alias/${Project}-${Environment}-data-lake'),
      targetKeyId: key.ref,
    });
  }
}

/**
 * Delegates use and administration of the key to IAM policies in this account, with a list of actions
 * instead of `kms:*`. In a key policy, the resource `*` means this key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const accountAdministers = () =>
  new PolicyStatement({
    principals: [new AccountRootPrincipal()],
    actions: [
      'CancelKeyDeletion CreateAlias CreateGrant Decrypt DeleteAlias DescribeKey DisableKey',
      'DisableKeyRotation EnableKey EnableKeyRotation Encrypt GenerateDataKey',
      'GenerateDataKeyWithoutPlaintext GetKeyPolicy GetKeyRotationStatus ListGrants ListKeyPolicies',
      'ListKeyRotations ListResourceTags PutKeyPolicy ReEncryptFrom ReEncryptTo RetireGrant RevokeGrant',
      'RotateKeyOnDemand ScheduleKeyDeletion TagResource UntagResource UpdateAlias UpdateKeyDescription',
    ].flatMap((line) => line.split(' ').map((action) => `kms:${action}`)),
    resources: ['*'],
  });

const ENCRYPTED_LOGS = [
  '/aws/lambda/${Project}-${Environment}-*',
  '/aws/vendedlogs/states/${Project}-${Environment}-*',
  '/aws-glue/*',
];

/**
 * AWS's sample without kms:DescribeKey, which has no encryption context, so the sample never allows it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export const logsWrite = (logGroups: readonly string[]) =>
  new PolicyStatement({
    principals: [new ServicePrincipal('logs.amazonaws.com')],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': logGroups.map((name) => arn('logs', `log-group:${name}`)),
      },
    },
  });

/**
 * Allows EventBridge and CloudWatch alarms to publish to the encrypted alert topic, and EventBridge to the
 * queue of run events. It has no condition, because these calls do not support aws:SourceAccount and
 * aws:SourceArn.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
const alertsReach = () =>
  new PolicyStatement({
    principals: [
      new ServicePrincipal('cloudwatch.amazonaws.com'),
      new ServicePrincipal('events.amazonaws.com'),
    ],
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: ['*'],
  });
