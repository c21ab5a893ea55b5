import { Fn, type CfnCondition } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arn, iamArn, named } from './names.ts';
import { allow, document } from './policy.ts';

export interface MwaaAccessProps {
  readonly executionRoleName: string;
  readonly onEmr: CfnCondition;
  readonly onEmrServerless: CfnCondition;
}

/**
 * Permissions of the DAG's tasks, added to the execution role of an MWAA environment that other projects may
 * use too. Keep dags/README.md up to date with them.
 */
export class MwaaAccess extends Construct {
  constructor(scope: Construct, id: string, props: MwaaAccessProps) {
    super(scope, id);
    const roles = [props.executionRoleName];
    this.addDagPolicy(roles);
    this.addEmrPolicy(roles).cfnOptions.condition = props.onEmr;
    this.addEmrServerlessPolicy(roles).cfnOptions.condition = props.onEmrServerless;
  }

  private addDagPolicy(roles: string[]): void {
    new CfnManagedPolicy(this, 'MwaaPolicy', {
      managedPolicyName: named('mwaa'),
      description: 'AWS calls of the DAG with either compute',
      roles,
      policyDocument: document(
        allow({
          actions: ['ssm:GetParametersByPath'],
          resources: [
            arn('ssm', 'parameter/data-lake/${Project}/${Environment}'),
            arn('ssm', 'parameter/data-lake/${Project}/${Environment}/*'),
          ],
        }),
        allow({
          actions: ['states:StartExecution'],
          resources: [arn('states', 'stateMachine:${Project}-${Environment}-transform')],
        }),
        allow({
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: [arn('states', 'execution:${Project}-${Environment}-transform:*')],
        }),
        allow({
          // Lets the DAG stop the job runs that the state machine started.
          actions: ['glue:BatchStopJobRun', 'glue:GetJobRuns'],
          resources: [arn('glue', 'job/${Project}-${Environment}-transform')],
        }),
      ),
    });
  }

  private addEmrPolicy(roles: string[]): CfnManagedPolicy {
    return new CfnManagedPolicy(this, 'MwaaEmrPolicy', {
      managedPolicyName: named('mwaa-emr'),
      description: 'EMR calls of the DAG',
      roles,
      policyDocument: document(
        allow({
          // RunJobFlow has no resource before the cluster exists; the tags name its future owner.
          actions: ['elasticmapreduce:RunJobFlow'],
          resources: ['*'],
          conditions: { StringEquals: projectTags('elasticmapreduce:RequestTag') },
        }),
        allow({
          // A new cluster has no tags yet; one of another project keeps its own.
          actions: ['elasticmapreduce:AddTags'],
          resources: [arn('elasticmapreduce', 'cluster/*')],
          conditions: {
            StringEquals: projectTags('elasticmapreduce:RequestTag'),
            StringEqualsIfExists: projectTags('elasticmapreduce:ResourceTag'),
          },
        }),
        allow({
          actions: [
            'elasticmapreduce:AddJobFlowSteps',
            'elasticmapreduce:CancelSteps',
            'elasticmapreduce:DescribeCluster',
            'elasticmapreduce:DescribeStep',
            'elasticmapreduce:ListSteps',
            'elasticmapreduce:TerminateJobFlows',
          ],
          resources: [arn('elasticmapreduce', 'cluster/*')],
          conditions: { StringEquals: projectTags('elasticmapreduce:ResourceTag') },
        }),
        passRole('role/${Project}-${Environment}-emr-service', 'elasticmapreduce.amazonaws.com'),
        passRole('role/${Project}-${Environment}-emr-ec2', 'ec2.amazonaws.com'),
      ),
    });
  }

  private addEmrServerlessPolicy(roles: string[]): CfnManagedPolicy {
    const application = arn('emr-serverless', '/applications/${EmrServerlessApplication}');
    return new CfnManagedPolicy(this, 'MwaaEmrServerlessPolicy', {
      managedPolicyName: named('mwaa-emr-serverless'),
      description: 'EMR Serverless calls of the DAG',
      roles,
      policyDocument: document(
        allow({
          actions: [
            'emr-serverless:GetApplication',
            'emr-serverless:ListJobRuns',
            'emr-serverless:StartApplication',
            'emr-serverless:StartJobRun',
          ],
          resources: [application],
        }),
        allow({
          actions: [
            'emr-serverless:CancelJobRun',
            'emr-serverless:GetDashboardForJobRun',
            'emr-serverless:GetJobRun',
          ],
          resources: [arn('emr-serverless', '/applications/${EmrServerlessApplication}/jobruns/*')],
        }),
        passRole('role/${Project}-${Environment}-emr-serverless-job', 'emr-serverless.amazonaws.com'),
      ),
    });
  }
}

const projectTags = (key: string) => ({
  [`${key}/data-lake:project`]: Fn.ref('Project'),
  [`${key}/data-lake:environment`]: Fn.ref('Environment'),
});

const passRole = (role: string, service: string) =>
  allow({
    actions: ['iam:PassRole'],
    resources: [iamArn(role)],
    conditions: { StringEquals: { 'iam:PassedToService': service } },
  });
