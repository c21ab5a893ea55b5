import { CfnCondition, Fn, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { objectsArn } from './names.ts';
import { RetainedBucket } from './retained-bucket.ts';

/**
 * The data bucket (raw/, curated/, marts/, and what expires), the code bucket (releases/) and the bucket of their access
 * logs. Data and code bucket may be existing buckets, which this stack does not change.
 */
export class Storage extends Construct {
  /** Name of the new or given bucket. */
  readonly dataBucketName: string;
  /** Name of the new or given bucket. */
  readonly codeBucketName: string;

  constructor(scope: Construct, id: string, { keyArn }: { keyArn: string }) {
    super(scope, id);

    const makes = (name: string, parameter: string) =>
      new CfnCondition(this, name, { expression: Fn.conditionEquals(Fn.ref(parameter), '') });
    const makesDataBucket = makes('MakesDataBucket', 'DataBucketName');
    const makesCodeBucket = makes('MakesCodeBucket', 'CodeBucketName');
    const makesLogBucket = new CfnCondition(this, 'MakesLogBucket', {
      expression: Fn.conditionOr(makesDataBucket, makesCodeBucket),
    });

    const logs = this.addLogBucket(makesLogBucket);
    const encryption = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn };
    const data = new RetainedBucket(this, 'DataBucket', {
      bucketName: bucketName('data'),
      condition: makesDataBucket,
      encryption,
      logsTo: { bucket: logs.name, prefix: 'data/' },
      lifecycle: [
        ...Object.entries(EXPIRES_AFTER).map(([folder, expirationInDays]) => ({
          id: `Expire-${folder}`,
          status: 'Enabled',
          prefix: `${folder}/`,
          expirationInDays,
        })),
        {
          id: 'ExpireFormerVersions',
          status: 'Enabled',
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        },
      ],
    });
    data.addPolicy();
    const code = new RetainedBucket(this, 'CodeBucket', {
      bucketName: bucketName('code'),
      condition: makesCodeBucket,
      encryption,
      logsTo: { bucket: logs.name, prefix: 'code/' },
      lifecycle: [
        {
          id: 'ExpireFormerVersions',
          status: 'Enabled',
          noncurrentVersionExpiration: { noncurrentDays: 365 },
        },
      ],
    });
    code.addPolicy();

    const madeOrGiven = (condition: CfnCondition, made: string, parameter: string) =>
      Token.asString(Fn.conditionIf(condition.logicalId, made, Fn.ref(parameter)));
    this.dataBucketName = madeOrGiven(makesDataBucket, data.name, 'DataBucketName');
    this.codeBucketName = madeOrGiven(makesCodeBucket, code.name, 'CodeBucketName');
  }
  private addLogBucket(condition: CfnCondition): RetainedBucket {
    const logs = new RetainedBucket(this, 'LogBucket', {
      bucketName: bucketName('logs'),
      condition,
      // S3 writes access logs only to buckets without a customer-managed key.
      encryption: { sseAlgorithm: 'AES256' },
      lifecycle: [{ id: 'Expire', status: 'Enabled', expirationInDays: 365 }],
    });
    logs.addPolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [objectsArn('${LogBucket}', '*')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Fn.ref('AWS::AccountId') },
          ArnLike: {
            'aws:SourceArn': ['data', 'code'].map((thing) =>
              Fn.sub(`arn:\${AWS::Partition}:s3:::\${Project}-\${Environment}-${thing}-*`),
            ),
          },
        },
      }),
    );
    return logs;
  }
}

/**
 * Days after which objects expire, by their folder in the data bucket. Raw files, tables and marts never do. The
 * same rules for a given bucket are in docs/operations.md.
 */
export const EXPIRES_AFTER = {
  tmp: 7,
  // Of runs that ended: one that is cleared later starts over.
  staging: 30,
  logs: 90,
  // Refused rows, so that somebody can look into them.
  quarantine: 365,
} as const;

const bucketName = (thing: string) =>
  Fn.sub(`\${Project}-\${Environment}-${thing}-\${AWS::AccountId}-\${AWS::Region}`);
