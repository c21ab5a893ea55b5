import { Fn, Token } from 'aws-cdk-lib';

/** Returns the name of a resource of this environment: `<project>-<environment>-<thing>`. */
export const named = (thing: string) => Fn.sub(`\${Project}-\${Environment}-${thing}`);

/**
 * Returns the ARN of a resource in the stack's account and region, for example
 * `arn('glue', 'job/${Project}-${Environment}-transform')`. Unlike Fn::GetAtt, such an ARN lets a policy
 * exist before its resource.
 */
export const arn = (service: string, resource: string) =>
  Fn.sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

/** Returns the ARN of an IAM role or policy of this account; IAM has no region. */
export const iamArn = (resource: string) =>
  Fn.sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:${resource}`);

/**
 * The names of the data bucket and the code bucket inside Fn::Sub text. The SSM parameter that publishes a name
 * decides once between a new and a given bucket; an Fn::If in each of the fifty places would not fit into a
 * template of 51,200 bytes.
 */
export const DATA_BUCKET = '${DataBucketParameter.Value}';
export const CODE_BUCKET = '${CodeBucketParameter.Value}';

/** Returns the ARN of a bucket; `bucket` is text for Fn::Sub. */
export const bucketArn = (bucket: string) => Fn.sub(`arn:\${AWS::Partition}:s3:::${bucket}`);

/** Returns the ARN of a bucket's objects with a prefix that ends in `*`. */
export const objectsArn = (bucket: string, prefix: string) => bucketArn(`${bucket}/${prefix}`);

/** Returns an s3:// URL; `bucket` is text for Fn::Sub. */
export const s3Url = (bucket: string, path: string) => Fn.sub(`s3://${bucket}/${path}`);

/**
 * Returns the Glue database's name, with underscores instead of dashes for Athena and Spark SQL. It is plain
 * CloudFormation JSON, because the CDK's Fn.split must know the number of parts in advance.
 */
export const databaseName = () =>
  Token.asString({
    'Fn::Join': [
      '_',
      [{ 'Fn::Join': ['_', { 'Fn::Split': ['-', Fn.ref('Project')] }] }, Fn.ref('Environment')],
    ],
  });
