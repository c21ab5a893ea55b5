import { CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arn, iamArn, named } from './names.ts';
import { allow, document, trusts } from './policy.ts';

export interface ComputeProps {
  readonly condition: CfnCondition;
  readonly sparkPolicyArn: string;
}

/** Roles of the transient EMR clusters; the DAG creates one cluster for each run. */
export class EmrCompute extends Construct {
  readonly serviceRoleName: string;
  readonly instanceProfileName: string;
  readonly instanceRole: CfnRole;

  constructor(scope: Construct, id: string, props: ComputeProps) {
    super(scope, id);

    const service = new CfnRole(this, 'EmrServiceRole', {
      roleName: named('emr-service'),
      description: 'EMR service role of the data lake',
      assumeRolePolicyDocument: trusts('elasticmapreduce.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': Fn.ref('AWS::AccountId') },
        ArnLike: { 'aws:SourceArn': arn('elasticmapreduce', '*') },
      }),
      // AWS keeps this policy narrow: it covers only resources with the tag for-use-with-amazon-emr-managed-policies.
      managedPolicyArns: [
        Fn.sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2'),
      ],
      policies: [
        {
          policyName: 'pass-instance-role',
          policyDocument: document(
            allow({
              actions: ['iam:PassRole'],
              resources: [iamArn('role/${Project}-${Environment}-emr-ec2')],
              conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
            }),
          ),
        },
      ],
    });
    const instances = new CfnRole(this, 'EmrInstanceRole', {
      roleName: named('emr-ec2'),
      description: 'Spark steps of the data lake, on EMR on EC2',
      assumeRolePolicyDocument: trusts('ec2.amazonaws.com'),
      managedPolicyArns: [props.sparkPolicyArn],
    });
    const profile = new CfnInstanceProfile(this, 'EmrInstanceProfile', {
      instanceProfileName: named('emr-ec2'),
      roles: [instances.ref],
    });
    for (const resource of [service, instances, profile]) resource.cfnOptions.condition = props.condition;
    this.instanceRole = instances;
    this.serviceRoleName = service.ref;
    // Not its Ref, which is the ARN on MiniStack.
    this.instanceProfileName = named('emr-ec2');
  }
}
