import { Fn, type CfnCondition } from 'aws-cdk-lib';
import { CfnManagedPolicy, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arn, iamArn, named } from './names.ts';
import { allow } from './policy.ts';

export interface MwaaAccessProps {
  readonly executionRoleName: string;
  readonly keyArn: string;
  /** True with EMR on EC2, false with EMR Serverless. */
  readonly onEmr: CfnCondition;
}

/**
 * Permissions of the DAG's tasks, added to the execution role of an MWAA environment that other projects may use too.
 * They are one policy, since a role has at most ten. Keep dags/README.md up to date with them.
 */
export class MwaaAccess extends Construct {
  constructor(scope: Construct, id: string, props: MwaaAccessProps) {
    super(scope, id);
    const toJson = (statement?: PolicyStatement) => statement?.toStatementJson() ?? Fn.ref('AWS::NoValue');
    const onServerless = emrServerlessStatements();
    new CfnManagedPolicy(this, 'MwaaPolicy', {
      managedPolicyName: named('mwaa'),
      // Another description would replace the policy, which CloudFormation refuses for one with a name.
      description: 'AWS calls of the DAG with either compute',
      roles: [props.executionRoleName],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          ...dagStatements(props.keyArn).map(toJson),
          // Of EMR there are more.
          ...emrStatements().map((onEmr, index) =>
            Fn.conditionIf(props.onEmr.logicalId, toJson(onEmr), toJson(onServerless[index])),
          ),
        ],
      },
    });
  }
}

/** The calls of the DAG with either compute. */
const dagStatements = (keyArn: string) => [
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
  allow({ actions: ['sns:Publish'], resources: [arn('sns', '${Project}-${Environment}-alerts')] }),
  allow({
    // The topic is encrypted, and SNS asks for its key in the name of who publishes.
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': Fn.sub('sns.${AWS::Region}.amazonaws.com') } },
  }),
];

const emrStatements = () => [
  // Finds clusters that no task ends, by their names.
  allow({ actions: ['elasticmapreduce:ListClusters'], resources: ['*'] }),
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
];

const emrServerlessStatements = () => [
  allow({
    actions: [
      'emr-serverless:GetApplication',
      'emr-serverless:ListJobRuns',
      'emr-serverless:StartApplication',
      'emr-serverless:StartJobRun',
    ],
    resources: [arn('emr-serverless', '/applications/${EmrServerlessApplication}')],
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
];

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
