import type { CfnCondition } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketArn, objectsArn } from './names.ts';
import { outlivesStack } from './outlives-stack.ts';
import { denyWithoutTls, document } from './policy.ts';

interface RetainedBucketProps {
  readonly bucketName: string;
  readonly condition?: CfnCondition;
  readonly encryption: CfnBucket.ServerSideEncryptionByDefaultProperty;
  readonly lifecycle: CfnBucket.RuleProperty[];
  readonly logsTo?: { readonly bucket: string; readonly prefix: string };
}

/** A bucket that outlives its stack. */
export class RetainedBucket extends Construct {
  readonly name: string;
  private readonly bucketId: string;
  private readonly condition?: CfnCondition;

  constructor(scope: Construct, id: string, props: RetainedBucketProps) {
    super(scope, `Retained${id}`);
    this.bucketId = id;
    const { bucketName, condition, encryption, lifecycle, logsTo } = props;
    const bucket = new CfnBucket(this, id, {
      bucketName,
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
      loggingConfiguration: logsTo && {
        destinationBucketName: logsTo.bucket,
        logFilePrefix: logsTo.prefix,
      },
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
    outlivesStack(bucket);
    this.name = bucket.ref;
    this.condition = condition;
  }

  /** Adds a bucket policy that denies requests without TLS, with further statements. */
  addPolicy(...statements: PolicyStatement[]): CfnBucketPolicy {
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
    return policy;
  }
}
