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
      assumeRolePolicyDocument: trusts('elasticmapreduce.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': Fn.ref('AWS::AccountId') },
        ArnLike: { 'aws:SourceArn': arn('elasticmapreduce', '*') },
      }),
      // AWS keeps this policy narrow: it covers only resources with the tag for-use-with-amazon-emr-managed-policies,
      // as the network of the mwaa stack has it. A given network need not have it: the policy below names the subnet.
      managedPolicyArns: [
        Fn.sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2'),
      ],
      policies: [
        {
          policyName: 'run-clusters',
          policyDocument: document(
            allow({
              actions: ['iam:PassRole'],
              resources: [iamArn('role/${Project}-${Environment}-emr-ec2')],
              conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
            }),
            allow({
              // Without a given subnet, this matches nothing.
              actions: ['ec2:CreateNetworkInterface', 'ec2:RunInstances'],
              resources: [arn('ec2', 'subnet/${EmrSubnetId}')],
            }),
            allow({
              // EMR makes its groups in the VPC of the subnet, whose id no parameter tells. The managed policy
              // requires that it tags them.
              actions: ['ec2:CreateSecurityGroup'],
              resources: [arn('ec2', 'vpc/*')],
            }),
          ),
        },
      ],
    });
    const instances = new CfnRole(this, 'EmrInstanceRole', {
      roleName: named('emr-ec2'),
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
