import { Fn, Token } from 'aws-cdk-lib';

/** Name of one of this environment's resources: `<project>-<environment>-<thing>`. */
export const named = (thing: string) => Fn.sub(`\${Project}-\${Environment}-${thing}`);

/**
 * ARN of a resource in the stack's own account and region, for example
 * `arn('glue', 'job/${Project}-${Environment}-transform')`. Such ARNs are written out rather than
 * taken with Fn::GetAtt where a policy must exist before the resource that it speaks of.
 */
export const arn = (service: string, resource: string) =>
  Fn.sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

/** ARN of an IAM role or policy of this account; IAM has no region. */
export const iamArn = (resource: string) =>
  Fn.sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:${resource}`);

/**
 * The data bucket's name inside Fn::Sub text, and likewise the code bucket's. Made or given is settled
 * once, in the SSM parameter that publishes the name; an Fn::If in each of the fifty places that want
 * it would not fit into a template of 51,200 bytes.
 */
export const DATA_BUCKET = '${DataBucketParameter.Value}';
export const CODE_BUCKET = '${CodeBucketParameter.Value}';

/** ARN of a bucket; `bucket` is text for Fn::Sub. */
export const bucketArn = (bucket: string) => Fn.sub(`arn:\${AWS::Partition}:s3:::${bucket}`);

/** ARN of the objects of a bucket under a prefix that ends in `*`. */
export const objectsArn = (bucket: string, prefix: string) => bucketArn(`${bucket}/${prefix}`);

/** An s3:// URL; `bucket` is text for Fn::Sub. */
export const s3Url = (bucket: string, path: string) => Fn.sub(`s3://${bucket}/${path}`);

/**
 * The Glue database's name. Athena and Spark SQL want underscores where a project may have dashes.
 * Written as CloudFormation's own JSON: CDK's Fn.split must know the number of parts beforehand.
 */
export const databaseName = () =>
  Token.asString({
    'Fn::Join': [
      '_',
      [{ 'Fn::Join': ['_', { 'Fn::Split': ['-', Fn.ref('Project')] }] }, Fn.ref('Environment')],
    ],
  });
