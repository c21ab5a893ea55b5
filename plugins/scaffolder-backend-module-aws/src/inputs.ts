import { TemplateActionOptions } from '@backstage/plugin-scaffolder-node';

/** The zod that the scaffolder hands to schemas. @public */
export type Z = Parameters<
  NonNullable<NonNullable<TemplateActionOptions['schema']>['input']>[string]
>[0];

/** Inputs for the account and region. @public */
export const targetInput = {
  account: (z: Z) => z.string().describe('AWS account, 12 digits'),
  region: (z: Z) => z.string().describe('AWS region'),
};

/** Inputs that allow what is refused by default. @public */
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
        'true: IAM and network permissions of an existing stack may get broader, and a new stack may reach beyond its own resources',
      ),
};

/** Input for the time limit of each stack. @public */
export const waitInput = {
  timeoutMinutes: (z: Z) =>
    z
      .number()
      .min(1)
      .max(180)
      .optional()
      .describe('Time limit for each stack, in minutes; default 60'),
};

/** Input for what a cancelled task does. @public */
export const cancelInput = {
  onCancel: (z: Z) =>
    z
      .enum(['leave', 'rollback'])
      .optional()
      .describe(
        'What happens to a running deployment when the task is cancelled: leave (default) lets it continue; rollback reverts an update, and deletes a stack that is still being created',
      ),
};

/** Inputs for a stack whose rollback failed. @public */
export const recoveryInput = {
  continueRollback: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'true: continue the rollback of a stack in UPDATE_ROLLBACK_FAILED before updating it',
      ),
  resourcesToSkip: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe(
        'Logical ids of resources that cannot be rolled back, such as ones deleted by hand; CloudFormation marks them as rolled back',
      ),
};

/** Input for buckets that hold objects. @public */
export const deletionInput = {
  emptyBuckets: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        "true: delete all objects of buckets that are deleted with the stacks and carry the entity's tag",
      ),
};
