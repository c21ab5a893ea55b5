import { CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnRole, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CODE_BUCKET, arn, named } from './names.ts';
import { allow, document, trusts } from './policy.ts';

export interface TransformFunctionProps {
  /** Folder in lambdas/, and the name of the zip in a release. */
  readonly source: string;
  readonly description: string;
  readonly variables: Record<string, string>;
  /** Its permissions besides writing its log. */
  readonly allows: PolicyStatement[];
  readonly keyArn: string;
  readonly released: CfnCondition;
}

/**
 * One Lambda with its own role and log group. These two need no uploaded code, so the first deployment already
 * creates them, and AWS knows the role when the release creates the function.
 */
export class TransformFunction extends Construct {
  readonly resource: CfnFunction;
  /** ARN as text, because the role of the state machine exists before the function. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TransformFunctionProps) {
    super(scope, id);
    const name = props.source.replaceAll('_', '-');
    this.arn = arn('lambda', `function:\${Project}-\${Environment}-${name}`);

    const log = new CfnLogGroup(this, `${id}Log`, {
      logGroupName: Fn.sub(`/aws/lambda/\${Project}-\${Environment}-${name}`),
      retentionInDays: 30,
      kmsKeyId: props.keyArn,
    });
    const role = new CfnRole(this, `${id}Role`, {
      roleName: named(name),
      assumeRolePolicyDocument: trusts('lambda.amazonaws.com'),
      policies: [
        {
          policyName: 'run',
          policyDocument: document(
            ...props.allows,
            allow({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [log.attrArn],
            }),
          ),
        },
      ],
    });
    this.resource = new CfnFunction(this, `${id}Function`, {
      functionName: named(name),
      description: props.description,
      runtime: 'python3.13',
      architectures: ['arm64'],
      handler: 'handler.handler',
      code: { s3Bucket: Fn.sub(CODE_BUCKET), s3Key: Fn.sub(`\${ReleasePrefix}lambdas/${props.source}.zip`) },
      role: role.attrArn,
      timeout: 30,
      memorySize: 128,
      environment: { variables: props.variables },
      loggingConfig: { logGroup: log.ref, logFormat: 'JSON' },
    });
    this.resource.cfnOptions.condition = props.released;
  }
}
