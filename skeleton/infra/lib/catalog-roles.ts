import type { CfnCondition } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CODE_BUCKET, DATA_BUCKET, arn, bucketArn, named, objectsArn } from './names.ts';
import { allow, document, trusts } from './policy.ts';

/** The role of the crawlers: they read curated/ and marts/ and keep the database's tables up to date. */
export class CrawlerRole extends Construct {
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    { keyArn, condition }: { keyArn: string; condition: CfnCondition },
  ) {
    super(scope, `${id}s`);
    const role = new CfnRole(this, id, {
      roleName: named('crawler'),
      assumeRolePolicyDocument: trusts('glue.amazonaws.com'),
      policies: [
        {
          policyName: 'crawl',
          policyDocument: document(...crawlStatements(keyArn)),
        },
      ],
    });
    role.cfnOptions.condition = condition;
    this.arn = role.attrArn;
  }
}

/** The role of the Glue job: it builds the marts, and publishes all that a run has staged. */
export class JobRole extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, { keyArn }: { keyArn: string }) {
    super(scope, `${id}s`);
    const role = new CfnRole(this, id, {
      roleName: named('glue-job'),
      assumeRolePolicyDocument: trusts('glue.amazonaws.com'),
      policies: [
        {
          policyName: 'transform',
          policyDocument: document(...transformStatements(keyArn)),
        },
      ],
    });
    this.arn = role.attrArn;
    this.name = role.ref;
  }
}

const crawlStatements = (keyArn: string) => [
  allow({ actions: ['s3:GetBucketLocation'], resources: [bucketArn(DATA_BUCKET)] }),
  allow({
    actions: ['s3:ListBucket'],
    resources: [bucketArn(DATA_BUCKET)],
    conditions: { StringLike: { 's3:prefix': ['curated', 'curated/*', 'marts', 'marts/*'] } },
  }),
  allow({
    actions: ['s3:GetObject'],
    resources: [objectsArn(DATA_BUCKET, 'curated/*'), objectsArn(DATA_BUCKET, 'marts/*')],
  }),
  allow({ actions: ['kms:Decrypt'], resources: [keyArn] }),
  allow({
    actions: [
      'glue:BatchCreatePartition',
      'glue:BatchGetPartition',
      'glue:BatchUpdatePartition',
      'glue:CreatePartition',
      'glue:CreateTable',
      'glue:GetDatabase',
      'glue:GetPartition',
      'glue:GetPartitions',
      'glue:GetTable',
      'glue:GetTables',
      'glue:UpdatePartition',
      'glue:UpdateTable',
    ],
    resources: ['catalog', 'database/${Database}', 'table/${Database}/*'].map((kind) => arn('glue', kind)),
  }),
  allow({
    // AssociateKmsKey: the security configuration encrypts the log group at its first use.
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:AssociateKmsKey'],
    resources: [arn('logs', 'log-group:/aws-glue/crawlers*')],
  }),
];

const transformStatements = (keyArn: string) => [
  allow({
    actions: ['s3:ListBucket'],
    resources: [bucketArn(DATA_BUCKET)],
    conditions: {
      StringLike: {
        's3:prefix': [
          'curated',
          'curated/*',
          'marts',
          'marts/*',
          'staging',
          'staging/*',
          'tmp/glue',
          'tmp/glue/*',
        ],
      },
    },
  }),
  allow({
    actions: ['s3:GetObject'],
    // Hadoop checks whether the parent of its target folder is a file, and fails without this permission.
    resources: [objectsArn(CODE_BUCKET, 'releases/*'), objectsArn(DATA_BUCKET, 'staging')],
  }),
  allow({
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
    resources: ['curated/*', 'marts/*', 'staging/*', 'tmp/glue/*'].map((prefix) =>
      objectsArn(DATA_BUCKET, prefix),
    ),
  }),
  allow({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn] }),
  allow({
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:AssociateKmsKey'],
    resources: [arn('logs', 'log-group:/aws-glue/jobs/*')],
  }),
  allow({
    // CloudWatch metrics have no resource; only the namespace can be restricted.
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': 'Glue' } },
  }),
];
