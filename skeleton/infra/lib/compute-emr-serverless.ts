import { Fn } from 'aws-cdk-lib';
import { CfnApplication } from 'aws-cdk-lib/aws-emrserverless';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ComputeProps } from './compute-emr.ts';
import { arn, named } from './names.ts';
import { trusts } from './policy.ts';

/** The EMR Serverless application of the Spark steps, and the role of its job runs. */
export class EmrServerlessCompute extends Construct {
  readonly applicationId: string;
  readonly jobRole: CfnRole;

  constructor(scope: Construct, id: string, props: ComputeProps) {
    super(scope, id);

    const application = new CfnApplication(this, 'EmrServerlessApplication', {
      name: named('spark'),
      type: 'SPARK',
      releaseLabel: 'emr-7.14.0',
      architecture: 'ARM64',
      autoStartConfiguration: { enabled: true },
      autoStopConfiguration: { enabled: true, idleTimeoutMinutes: 15 },
      // A limit on the cost of a run, larger than a run needs.
      maximumCapacity: { cpu: '32 vCPU', memory: '128 GB', disk: '500 GB' },
    });
    const role = new CfnRole(this, 'EmrServerlessJobRole', {
      roleName: named('emr-serverless-job'),
      assumeRolePolicyDocument: trusts('emr-serverless.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': Fn.ref('AWS::AccountId') },
        ArnLike: { 'aws:SourceArn': arn('emr-serverless', '/applications/*') },
      }),
      managedPolicyArns: [props.sparkPolicyArn],
    });
    for (const resource of [application, role]) resource.cfnOptions.condition = props.condition;
    this.applicationId = application.ref;
    this.jobRole = role;
  }
}
