/** A published path by which a caller gets more rights than it was given. */
export interface Escalation {
  /** Its id at the source, or ours where the source has none. */
  id: string;
  source: string;
  /** The caller needs all of them. */
  actions: string[];
  /** The service that gets the role, if the path passes one. */
  passedTo?: string;
}

const sources = {
  rhino: 'https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation',
  prowler:
    'https://github.com/prowler-cloud/prowler/blob/master/prowler/providers/aws/services/iam/lib/privilege_escalation.py',
  boundaries:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  instanceProfiles:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  oidc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
  stackPolicy:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html',
  stepfunctions:
    'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html',
  ssmAutomation:
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html',
  mwaa: 'https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html',
  mwaaDag:
    'https://docs.aws.amazon.com/mwaa/latest/userguide/access-policies.html',
  emr: 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html',
  emrServerless:
    'https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/security-iam-runtime-role.html',
  events:
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html',
  lambdaLayers:
    'https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation',
  bucketPolicies:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html',
  keyPolicies:
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
  lakeformation:
    'https://docs.aws.amazon.com/lake-formation/latest/dg/permissions-reference.html',
};

/** The principal that a service's actions pass a role to, where its name is not the prefix of the actions. */
const principals: Record<string, string> = {
  airflow: 'airflow.amazonaws.com',
  autoscaling: 'ec2.amazonaws.com',
  ecs: 'ecs-tasks.amazonaws.com',
  apprunner: 'tasks.apprunner.amazonaws.com',
};

/**
 * The published paths of escalation in AWS: those of pathfinding.cloud (December 2025, and EMR of 2026), what Rhino
 * Security Labs and Prowler list beyond them, and those that AWS's own documentation implies for the services that a
 * data lake uses. The same list is played against policies (escalations.test.ts) and against templates.
 */
export const escalations: readonly Escalation[] = [
  ...pathfinding().map(([id, actions]) =>
    toEscalation(id, `https://pathfinding.cloud/paths/${id}`, actions),
  ),
  ...others().map(([id, source, actions]) =>
    toEscalation(id, sources[source], actions),
  ),
];

/** https://pathfinding.cloud, https://github.com/DataDog/pathfinding.cloud */
function pathfinding(): [id: string, actions: string][] {
  return [
    ['apprunner-001', 'iam:PassRole apprunner:CreateService'],
    ['apprunner-002', 'apprunner:UpdateService'],
    [
      'bedrock-001',
      'iam:PassRole bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter',
    ],
    [
      'bedrock-002',
      'bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter',
    ],
    ['cloudformation-001', 'iam:PassRole cloudformation:CreateStack'],
    ['cloudformation-002', 'cloudformation:UpdateStack'],
    [
      'cloudformation-003',
      'iam:PassRole cloudformation:CreateStackSet cloudformation:CreateStackInstances',
    ],
    ['cloudformation-004', 'iam:PassRole cloudformation:UpdateStackSet'],
    [
      'cloudformation-005',
      'cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet',
    ],
    [
      'codebuild-001',
      'iam:PassRole codebuild:CreateProject codebuild:StartBuild',
    ],
    ['codebuild-002', 'codebuild:StartBuild'],
    ['codebuild-003', 'codebuild:StartBuildBatch'],
    [
      'codebuild-004',
      'iam:PassRole codebuild:CreateProject codebuild:StartBuildBatch',
    ],
    [
      'datapipeline-001',
      'iam:PassRole datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline',
    ],
    ['ec2-001', 'iam:PassRole ec2:RunInstances'],
    [
      'ec2-002',
      'ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances',
    ],
    ['ec2-003', 'iam:PassRole ec2:RequestSpotInstances'],
    ['ec2-004', 'ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate'],
    [
      'ec2instanceconnect-003',
      'ec2-instance-connect:SendSSHPublicKey ec2:DescribeInstances',
    ],
    [
      'ecs-001',
      'iam:PassRole ecs:CreateCluster ecs:RegisterTaskDefinition ecs:CreateService',
    ],
    [
      'ecs-002',
      'iam:PassRole ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask',
    ],
    ['ecs-003', 'iam:PassRole ecs:RegisterTaskDefinition ecs:CreateService'],
    ['ecs-004', 'iam:PassRole ecs:RegisterTaskDefinition ecs:RunTask'],
    ['ecs-005', 'iam:PassRole ecs:RegisterTaskDefinition ecs:StartTask'],
    ['emr-001', 'iam:PassRole elasticmapreduce:RunJobFlow'],
    [
      'emrserverless-001',
      'iam:PassRole emr-serverless:CreateApplication emr-serverless:StartJobRun',
    ],
    ['glue-001', 'iam:PassRole glue:CreateDevEndpoint'],
    ['glue-002', 'glue:UpdateDevEndpoint'],
    ['glue-003', 'iam:PassRole glue:CreateJob glue:StartJobRun'],
    ['glue-004', 'iam:PassRole glue:CreateJob glue:CreateTrigger'],
    ['glue-005', 'iam:PassRole glue:UpdateJob glue:StartJobRun'],
    ['glue-006', 'iam:PassRole glue:UpdateJob glue:CreateTrigger'],
    ['iam-001', 'iam:CreatePolicyVersion'],
    ['iam-002', 'iam:CreateAccessKey'],
    ['iam-003', 'iam:CreateAccessKey iam:DeleteAccessKey'],
    ['iam-004', 'iam:CreateLoginProfile'],
    ['iam-005', 'iam:PutRolePolicy'],
    ['iam-006', 'iam:UpdateLoginProfile'],
    ['iam-007', 'iam:PutUserPolicy'],
    ['iam-008', 'iam:AttachUserPolicy'],
    ['iam-009', 'iam:AttachRolePolicy'],
    ['iam-010', 'iam:AttachGroupPolicy'],
    ['iam-011', 'iam:PutGroupPolicy'],
    ['iam-012', 'iam:UpdateAssumeRolePolicy'],
    ['iam-013', 'iam:AddUserToGroup'],
    ['iam-014', 'iam:AttachRolePolicy sts:AssumeRole'],
    ['iam-015', 'iam:AttachUserPolicy iam:CreateAccessKey'],
    ['iam-016', 'iam:CreatePolicyVersion sts:AssumeRole'],
    ['iam-017', 'iam:PutRolePolicy sts:AssumeRole'],
    ['iam-018', 'iam:PutUserPolicy iam:CreateAccessKey'],
    ['iam-019', 'iam:AttachRolePolicy iam:UpdateAssumeRolePolicy'],
    ['iam-020', 'iam:CreatePolicyVersion iam:UpdateAssumeRolePolicy'],
    ['iam-021', 'iam:PutRolePolicy iam:UpdateAssumeRolePolicy'],
    ['lambda-001', 'iam:PassRole lambda:CreateFunction lambda:InvokeFunction'],
    [
      'lambda-002',
      'iam:PassRole lambda:CreateFunction lambda:CreateEventSourceMapping',
    ],
    ['lambda-003', 'lambda:UpdateFunctionCode'],
    ['lambda-004', 'lambda:UpdateFunctionCode lambda:InvokeFunction'],
    ['lambda-005', 'lambda:UpdateFunctionCode lambda:AddPermission'],
    ['lambda-006', 'iam:PassRole lambda:CreateFunction lambda:AddPermission'],
    ['sagemaker-001', 'iam:PassRole sagemaker:CreateNotebookInstance'],
    ['sagemaker-002', 'iam:PassRole sagemaker:CreateTrainingJob'],
    ['sagemaker-003', 'iam:PassRole sagemaker:CreateProcessingJob'],
    ['sagemaker-004', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
    [
      'sagemaker-005',
      'sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance sagemaker:UpdateNotebookInstance sagemaker:StartNotebookInstance',
    ],
    ['ssm-001', 'ssm:StartSession'],
    ['ssm-002', 'ssm:SendCommand'],
    ['sts-001', 'sts:AssumeRole'],
  ];
}

/** Paths of other sources. */
function others(): [
  id: string,
  source: keyof typeof sources,
  actions: string,
][] {
  return [
    ['rhino-set-default-version', 'rhino', 'iam:SetDefaultPolicyVersion'],
    [
      'rhino-update-function-configuration',
      'rhino',
      'lambda:UpdateFunctionConfiguration',
    ],
    [
      'rhino-lambda-new-dynamodb',
      'rhino',
      'iam:PassRole lambda:CreateFunction lambda:CreateEventSourceMapping dynamodb:CreateTable dynamodb:PutItem',
    ],
    ['rhino-codestar', 'rhino', 'iam:PassRole codestar:CreateProject'],
    [
      'rhino-autoscaling',
      'rhino',
      'iam:PassRole autoscaling:CreateLaunchConfiguration autoscaling:CreateAutoScalingGroup',
    ],
    [
      'prowler-autoscaling-update',
      'prowler',
      'iam:PassRole autoscaling:CreateLaunchConfiguration autoscaling:UpdateAutoScalingGroup',
    ],
    [
      'prowler-assume-after-trust',
      'prowler',
      'iam:UpdateAssumeRolePolicy sts:AssumeRole',
    ],
    ['prowler-ecs-run-task', 'prowler', 'iam:PassRole ecs:RunTask'],
    [
      'prowler-ecs-start-task',
      'prowler',
      'iam:PassRole ecs:StartTask ecs:RegisterContainerInstance ecs:DeregisterContainerInstance',
    ],
    [
      'prowler-ecs-execute-command',
      'prowler',
      'ecs:ExecuteCommand ecs:DescribeTasks',
    ],
    ['boundary-put-role', 'boundaries', 'iam:PutRolePermissionsBoundary'],
    ['boundary-delete-role', 'boundaries', 'iam:DeleteRolePermissionsBoundary'],
    ['boundary-put-user', 'boundaries', 'iam:PutUserPermissionsBoundary'],
    ['boundary-delete-user', 'boundaries', 'iam:DeleteUserPermissionsBoundary'],
    ['boundary-policy-version', 'boundaries', 'iam:CreatePolicyVersion'],
    ['iam-create-role', 'boundaries', 'iam:CreateRole iam:AttachRolePolicy'],
    [
      'iam-create-role-inline',
      'boundaries',
      'iam:CreateRole iam:PutRolePolicy',
    ],
    [
      'iam-create-policy',
      'boundaries',
      'iam:CreatePolicy iam:AttachRolePolicy',
    ],
    [
      'iam-create-user',
      'boundaries',
      'iam:CreateUser iam:AttachUserPolicy iam:CreateAccessKey',
    ],
    [
      'iam-instance-profile',
      'instanceProfiles',
      'iam:AddRoleToInstanceProfile ec2:AssociateIamInstanceProfile',
    ],
    [
      'iam-oidc-provider',
      'oidc',
      'iam:CreateOpenIDConnectProvider iam:UpdateAssumeRolePolicy',
    ],
    [
      'cloudformation-stack-policy',
      'stackPolicy',
      'cloudformation:SetStackPolicy cloudformation:UpdateStack',
    ],
    [
      'stepfunctions-create',
      'stepfunctions',
      'iam:PassRole states:CreateStateMachine states:StartExecution',
    ],
    [
      'stepfunctions-update',
      'stepfunctions',
      'states:UpdateStateMachine states:StartExecution',
    ],
    [
      'ssm-automation',
      'ssmAutomation',
      'iam:PassRole ssm:StartAutomationExecution',
    ],
    ['mwaa-create', 'mwaa', 'iam:PassRole airflow:CreateEnvironment'],
    ['mwaa-update', 'mwaa', 'iam:PassRole airflow:UpdateEnvironment'],
    ['mwaa-dag', 'mwaaDag', 's3:PutObject'],
    ['mwaa-web-token', 'mwaaDag', 'airflow:CreateWebLoginToken'],
    ['emr-steps', 'emr', 'elasticmapreduce:AddJobFlowSteps'],
    [
      'emrserverless-job',
      'emrServerless',
      'iam:PassRole emr-serverless:StartJobRun',
    ],
    [
      'eventbridge-target',
      'events',
      'iam:PassRole events:PutRule events:PutTargets',
    ],
    [
      'lambda-layer',
      'lambdaLayers',
      'lambda:PublishLayerVersion lambda:UpdateFunctionConfiguration',
    ],
    ['s3-bucket-policy', 'bucketPolicies', 's3:PutBucketPolicy'],
    ['kms-key-policy', 'keyPolicies', 'kms:PutKeyPolicy'],
    ['kms-grant', 'keyPolicies', 'kms:CreateGrant'],
    ['lakeformation-grant', 'lakeformation', 'lakeformation:GrantPermissions'],
  ];
}

function toEscalation(id: string, source: string, text: string): Escalation {
  const actions = text.split(' ');
  if (!actions.includes('iam:PassRole')) return { id, source, actions };
  const [service] = actions
    .filter(action => action !== 'iam:PassRole')
    .map(action => action.split(':')[0]);
  return {
    id,
    source,
    actions,
    passedTo: principals[service] ?? `${service}.amazonaws.com`,
  };
}
