import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { bucketArn, CODE_BUCKET, DATA_BUCKET, named, objectsArn } from './names.ts';
import { allow, document } from './policy.ts';

const FOLDERS = ['raw', 'curated', 'marts', 'quarantine', 'staging'];

/**
 * Permissions of the Spark steps on either compute: they read raw/ and their release, and write staging/. The first step
 * of a run writes curated/ and marts/ too, to complete a publication that was interrupted.
 */
export class SparkPolicy extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { keyArn }: { keyArn: string }) {
    super(scope, id);
    this.arn = new CfnManagedPolicy(this, 'SparkPolicy', {
      managedPolicyName: named('spark'),
      description: 'Permissions of the Spark steps on EMR and EMR Serverless',
      policyDocument: document(
        allow({
          actions: ['s3:ListBucket'],
          resources: [bucketArn(DATA_BUCKET)],
          conditions: { StringLike: { 's3:prefix': FOLDERS.flatMap((folder) => [folder, `${folder}/*`]) } },
        }),
        allow({
          actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
          resources: FOLDERS.map((folder) => objectsArn(DATA_BUCKET, `${folder}/*`)),
        }),
        allow({
          actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
          resources: ['logs/emr/*', 'logs/emr-serverless/*'].map((logs) => objectsArn(DATA_BUCKET, logs)),
        }),
        allow({
          actions: ['s3:GetObject'],
          // Hadoop checks whether the folder above the one it writes or deletes is a file, and fails without this permission.
          resources: [
            objectsArn(CODE_BUCKET, 'releases/*'),
            ...['quarantine', 'staging'].map((folder) => objectsArn(DATA_BUCKET, folder)),
          ],
        }),
        allow({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn] }),
      ),
    }).ref;
  }
}
