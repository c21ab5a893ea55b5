import { Fn } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { accountAdministers, logsWrite } from './encryption.ts';
import { bucketArn } from './names.ts';
import { outlivesStack } from './outlives-stack.ts';
import { document } from './policy.ts';
import { RetainedBucket } from './retained-bucket.ts';

/** The bucket of DAGs, and the key of the bucket, the logs and the environment's queue. Both outlive the stack. */
export class MwaaStorage extends Construct {
  readonly keyArn: string;
  readonly bucketArn: string;
  readonly bucketPolicy: CfnBucketPolicy;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const key = new CfnKey(this, 'MwaaKey', {
      description: Fn.sub('MWAA environment ${MwaaEnvironmentName}'),
      enableKeyRotation: true,
      pendingWindowInDays: 30,
      keyPolicy: document(accountAdministers(), logsWrite(['airflow-${MwaaEnvironmentName}-*'])),
    });
    outlivesStack(key);
    this.keyArn = key.attrArn;
    new CfnAlias(this, 'MwaaKeyAlias', {
      aliasName: Fn.sub('alias/${Project}-${Environment}-mwaa'),
      targetKeyId: key.ref,
    });

    const bucket = new RetainedBucket(this, 'MwaaBucket', {
      bucketName: Fn.ref('MwaaBucketName'),
      encryption: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.attrArn },
      lifecycle: [
        {
          id: 'ExpireFormerVersions',
          status: 'Enabled',
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        },
      ],
    });
    this.bucketPolicy = bucket.addPolicy();
    this.bucketArn = bucketArn('${MwaaBucket}');
  }
}
