import { TemplateActionOptions } from '@backstage/plugin-scaffolder-node';

/** The zod that the scaffolder hands to schemas. */
export type Z = Parameters<
  NonNullable<NonNullable<TemplateActionOptions['schema']>['input']>[string]
>[0];

/** Where in AWS. */
export const placeInput = {
  account: (z: Z) => z.string().describe('AWS account, 12 digits'),
  region: (z: Z) => z.string().describe('AWS region'),
};

/** What has to be allowed by name. */
export const allowanceInput = {
  allowReplacement: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('true: resources that hold data may be replaced or removed'),
  allowBroaderPermissions: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'true: IAM and network permissions of an existing stack may get broader',
      ),
};

/** How long a stack is waited for. */
export const waitInput = {
  timeoutMinutes: (z: Z) =>
    z
      .number()
      .min(1)
      .max(180)
      .optional()
      .describe('Of the wait for each stack; default 60'),
};

/** What a cancelled task does. */
export const cancelInput = {
  onCancel: (z: Z) =>
    z
      .enum(['leave', 'rollback'])
      .optional()
      .describe(
        'What becomes of a deployment that is going on when the task is cancelled: leave (default) lets it go on; rollback takes an update back, and deletes a stack that is just being created',
      ),
};

/** What is to be done first with a stack that is stuck. */
export const recoveryInput = {
  continueRollback: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'true: continue the rollback of a stack that is UPDATE_ROLLBACK_FAILED before it is updated',
      ),
  resourcesToSkip: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe(
        'Logical ids of what cannot be rolled back, such as what somebody has deleted by hand; CloudFormation takes it for rolled back',
      ),
};

/** What is deleted only where that is said. */
export const deletionInput = {
  emptyBuckets: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        "true: delete all objects of the entity's own buckets that go with the stacks",
      ),
};

/** Buckets that a project's stack need not make. */
export const bucketsInput = {
  dataBucket: (z: Z) =>
    z.string().optional().describe('Existing bucket for data; empty: made'),
  codeBucket: (z: Z) =>
    z.string().optional().describe('Existing bucket for code; empty: made'),
};

/** Which entity's project, and where in the workspace its files are. */
export const entityProjectInput = {
  entityRef: (z: Z) =>
    z.string().describe('The entity that the project belongs to'),
  environment: (z: Z) => z.string().describe('Name of the environment'),
  path: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder of the project in the workspace; default project'),
};
