/**
 * Scaffolder actions for AWS, for any Backstage: preview, deploy and delete CloudFormation stacks, upload
 * files to S3, read MWAA environments.
 *
 * @packageDocumentation
 */

export { scaffolderModuleAws as default } from './module';
export { awsOwnershipExtensionPoint, defaultOwnershipTags } from './ownership';
export type {
  AwsOwnershipExtensionPoint,
  OwnershipTags,
  Reserved,
} from './ownership';
export { auditStep } from './auditStep';
export {
  allowanceInput,
  cancelInput,
  deletionInput,
  recoveryInput,
  targetInput,
  waitInput,
} from './inputs';
export type { Z } from './inputs';
export { taskReports } from './taskReports';
export { toIdentity } from './toIdentity';
