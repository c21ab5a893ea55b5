import { Fn } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arn, bucketArn, named, objectsArn } from './names.ts';
import { allow, document, onlyForThisAccount } from './policy.ts';

/**
 * The execution role with the permissions of Airflow itself, without the wildcards of AWS's sample. The
 * foundations stack of a project adds the permissions of its DAG.
 * https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html
 */
export class MwaaExecutionRole extends Construct {
  readonly arn: string;
  readonly policy: CfnManagedPolicy;

  constructor(scope: Construct, id: string, { keyArn }: { keyArn: string }) {
    super(scope, id);
    const role = new CfnRole(this, 'MwaaExecutionRole', {
      roleName: Fn.ref('MwaaExecutionRoleName'),
      description: Fn.sub('Execution role of the MWAA environment ${MwaaEnvironmentName}'),
      assumeRolePolicyDocument: document(
        new PolicyStatement({
          actions: ['sts:AssumeRole'],
          principals: [
            new ServicePrincipal('airflow.amazonaws.com'),
            new ServicePrincipal('airflow-env.amazonaws.com'),
          ],
          conditions: onlyForThisAccount,
        }),
      ),
    });
    this.arn = role.attrArn;
    this.policy = new CfnManagedPolicy(this, 'MwaaExecutionPolicy', {
      managedPolicyName: named('mwaa-execution'),
      description: 'AWS calls of Airflow itself',
      roles: [role.ref],
      policyDocument: document(...airflowStatements(keyArn)),
    });
  }
}

/** Allows Airflow to use its storage, logs, metrics and queue. */
const airflowStatements = (keyArn: string): PolicyStatement[] => [
  allow({
    actions: ['airflow:PublishMetrics'],
    resources: [arn('airflow', 'environment/${MwaaEnvironmentName}')],
  }),
  allow({
    actions: [
      's3:GetBucketLocation',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketVersioning',
      's3:GetEncryptionConfiguration',
      's3:ListBucket',
      's3:ListBucketVersions',
    ],
    resources: [bucketArn('${MwaaBucket}')],
  }),
  allow({
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    resources: [objectsArn('${MwaaBucket}', '*')],
  }),
  allow({ actions: ['s3:GetAccountPublicAccessBlock'], resources: ['*'] }),
  allow({
    actions: [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:GetLogEvents',
      'logs:GetLogGroupFields',
      'logs:PutLogEvents',
    ],
    resources: [arn('logs', 'log-group:airflow-${MwaaEnvironmentName}-*')],
  }),
  allow({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }),
  allow({
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': 'AmazonMWAA' } },
  }),
  ...queueStatements(keyArn),
];

/** Allows Airflow to use the queue of its workers, which is in an account of AWS with a name that MWAA chooses. */
const queueStatements = (keyArn: string): PolicyStatement[] => [
  allow({
    actions: [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ],
    resources: [Fn.sub('arn:${AWS::Partition}:sqs:${AWS::Region}:*:airflow-celery-*')],
  }),
  allow({
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
    resources: [keyArn],
    conditions: {
      StringEquals: {
        'kms:ViaService': ['s3', 'sqs'].map((service) => Fn.sub(`${service}.\${AWS::Region}.amazonaws.com`)),
      },
    },
  }),
];
