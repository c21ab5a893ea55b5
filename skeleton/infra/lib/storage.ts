import { CfnCondition, CfnDeletionPolicy, Fn, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketArn, objectsArn } from './names.ts';
import { denyWithoutTls, document } from './policy.ts';
import { tagged } from './tags.ts';

/**
 * The data bucket (raw/, curated/, marts/), the code bucket (releases/, logs/) and the bucket of
 * their access logs. Data and code bucket may be given by name instead; then nothing of them is made
 * or changed here.
 */
export class Storage extends Construct {
  /** Made or given. */
  readonly dataBucketName: string;
  /** Made or given. */
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

    const logs = new RetainedBucket(this, 'LogBucket', {
      thing: 'logs',
      condition: makesLogBucket,
      // S3 writes access logs only to buckets without a customer's key.
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

    const encryption = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn };
    const data = new RetainedBucket(this, 'DataBucket', {
      thing: 'data',
      condition: makesDataBucket,
      encryption,
      logsTo: logs.name,
      lifecycle: [
        { id: 'ExpireTemporary', status: 'Enabled', prefix: 'tmp/', expirationInDays: 7 },
        {
          id: 'ExpireFormerVersions',
          status: 'Enabled',
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        },
      ],
    });
    data.addPolicy();
    const code = new RetainedBucket(this, 'CodeBucket', {
      thing: 'code',
      condition: makesCodeBucket,
      encryption,
      logsTo: logs.name,
      lifecycle: [
        { id: 'ExpireLogs', status: 'Enabled', prefix: 'logs/', expirationInDays: 90 },
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
}

interface RetainedBucketProps {
  readonly thing: string;
  readonly condition: CfnCondition;
  readonly encryption: CfnBucket.ServerSideEncryptionByDefaultProperty;
  readonly lifecycle: CfnBucket.RuleProperty[];
  readonly logsTo?: string;
}

/** A bucket that outlives its stack; a create that fails takes it back. */
class RetainedBucket extends Construct {
  readonly name: string;
  private readonly bucketId: string;
  private readonly condition: CfnCondition;

  constructor(scope: Construct, id: string, props: RetainedBucketProps) {
    super(scope, `Retained${id}`);
    this.bucketId = id;
    const { thing, condition, encryption, lifecycle, logsTo } = props;
    const bucket = new CfnBucket(this, id, {
      bucketName: Fn.sub(`\${Project}-\${Environment}-${thing}-\${AWS::AccountId}-\${AWS::Region}`),
      versioningConfiguration: { status: 'Enabled' },
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      bucketEncryption: {
        serverSideEncryptionConfiguration: [
          {
            serverSideEncryptionByDefault: encryption,
            bucketKeyEnabled: encryption.kmsMasterKeyId ? true : undefined,
          },
        ],
      },
      loggingConfiguration: logsTo
        ? { destinationBucketName: logsTo, logFilePrefix: `${thing}/` }
        : undefined,
      lifecycleConfiguration: {
        rules: [
          {
            id: 'AbortUploads',
            status: 'Enabled',
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
          ...lifecycle,
        ],
      },
    });
    bucket.cfnOptions.condition = condition;
    bucket.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    bucket.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    tagged(bucket);
    this.name = bucket.ref;
    this.condition = condition;
  }

  /** TLS only, and what else this bucket allows. */
  addPolicy(...statements: PolicyStatement[]) {
    const policy = new CfnBucketPolicy(this, `${this.bucketId}Policy`, {
      bucket: this.name,
      policyDocument: document(
        denyWithoutTls(
          ['s3:*'],
          [bucketArn(`\${${this.bucketId}}`), objectsArn(`\${${this.bucketId}}`, '*')],
        ),
        ...statements,
      ),
    });
    policy.cfnOptions.condition = this.condition;
  }
}
