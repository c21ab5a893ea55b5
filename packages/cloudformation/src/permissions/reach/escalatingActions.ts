import { matches } from '../findUncovered';

/**
 * Tells whether an action, which may have wildcards, lets its caller get more rights than it was given, if
 * it may be called on resources of others.
 *
 * @see https://pathfinding.cloud
 */
export function isEscalating(action: string): boolean {
  const text = action.toLowerCase();
  const [service, name = '*'] = text.split(':');
  if (identityServices.includes(service)) return !reads.test(name);
  return escalating.some(each => matches(text, each.toLowerCase()));
}

/** Services that give rights: all that they do but read counts. */
const identityServices = [
  'iam',
  'identitystore',
  'organizations',
  'ram',
  'rolesanywhere',
  'sso',
  'sso-admin',
  'sso-directory',
];

const reads = /^(get|list|describe|simulate|generate)[a-z]/;

/** Actions that act with the rights of another principal, or change who has rights. */
const escalating = [
  'iam:PassRole',
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'airflow:CreateCliToken',
  'airflow:CreateWebLoginToken',
  'airflow:InvokeRestApi',
  'airflow:UpdateEnvironment',
  'apprunner:UpdateService',
  'bedrock-agentcore:InvokeCodeInterpreter',
  'bedrock-agentcore:StartCodeInterpreterSession',
  'cloudformation:CreateChangeSet',
  'cloudformation:CreateStack',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:SetStackPolicy',
  'cloudformation:UpdateStack',
  'cloudformation:UpdateStackSet',
  'codebuild:StartBuild',
  'codebuild:StartBuildBatch',
  'codebuild:UpdateProject',
  'ec2-instance-connect:SendSSHPublicKey',
  'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
  'ec2:CreateLaunchTemplateVersion',
  'ec2:ModifyInstanceAttribute',
  'ec2:ModifyLaunchTemplate',
  'ecs:ExecuteCommand',
  'elasticmapreduce:AddJobFlowSteps',
  'emr-containers:StartJobRun',
  'glue:UpdateDevEndpoint',
  'glue:UpdateJob',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'lakeformation:BatchGrantPermissions',
  'lakeformation:GrantPermissions',
  'lakeformation:PutDataLakeSettings',
  'lambda:AddLayerVersionPermission',
  'lambda:AddPermission',
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration',
  's3:PutBucketAcl',
  's3:PutBucketPolicy',
  's3:PutObjectAcl',
  'sagemaker:CreateNotebookInstanceLifecycleConfig',
  'sagemaker:CreatePresignedDomainUrl',
  'sagemaker:CreatePresignedNotebookInstanceUrl',
  'sagemaker:UpdateNotebookInstance',
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutResourcePolicy',
  'ssm:SendCommand',
  'ssm:StartAutomationExecution',
  'ssm:StartSession',
  'states:UpdateStateMachine',
];
