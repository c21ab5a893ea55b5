/**
 * Previews, deploys, cancels and deletes CloudFormation stacks by change sets, from templates that are
 * read as data.
 *
 * @packageDocumentation
 */

export type { ChangeDescription } from './change/describeChange';
export { findGates, listEndangered, toDangerText } from './change/findGates';
export type { Allowances } from './change/findGates';
export { listFarReaching } from './change/listBroader';
export { toPropertyText } from './change/propertyChanges';
export type { CostItem, FixedCost } from './cost/fixedCost';
export { deleteStack } from './delete/deleteStack';
export type { DeleteOptions, DeletionResult } from './delete/deleteStack';
export type { DeletionOptions } from './delete/deletionOptions';
export { describeDeletion } from './delete/describeDeletion';
export { findDeletionGates } from './delete/findDeletionGates';
export type { DeletionAllowances } from './delete/findDeletionGates';
export { listFullBuckets, planStackDeletion } from './delete/planStackDeletion';
export type {
  DeletedResource,
  StackDeletionPlan,
} from './delete/planStackDeletion';
export { adoptResources } from './operation/adoptResources';
export type { AdoptOptions } from './operation/adoptResources';
export type { OnCancel } from './operation/afterCancel';
export { deployStack } from './operation/deployStack';
export type { DeployOptions } from './operation/deployStack';
export type { AuthorizeStack, FailureReports } from './operation/planStackNow';
export {
  OperationStartedError,
  StartedOperations,
} from './operation/startedOperations';
export type { Operation } from './operation/startedOperations';
export { previewStack } from './operation/previewStack';
export type { Preview, PreviewOptions } from './operation/previewStack';
export { previewTemplate } from './operation/previewTemplate';
export type { BroaderPermission } from './permissions/findBroaderPermissions';
export type { AdoptableType, AdoptedResource } from './stack/adoptedResource';
export type {
  Caller,
  ChangeSummary,
  DeploymentResult,
  DeploymentSpec,
} from './stack/deploymentSpec';
export { isSuccess, listEvents } from './stack/events';
export type { StackEvent } from './stack/events';
export type { HookAnswer } from './stack/hooks';
export { toWorkName } from './stack/identity';
export type { OwnershipTag } from './stack/ownership';
export type { PropertyChange, ResourceChange } from './stack/resourceChange';
export { findStack, readStack, readStackParameters } from './stack/stack';
export type { StackSource, StackState } from './stack/stack';
export { listStackResources } from './stack/stackResources';
export type { StackResource, StackResourceState } from './stack/stackResources';
export {
  readStackTemplate,
  readStackTemplateText,
} from './stack/stackTemplate';
export { evaluateTemplate } from './template/evaluateTemplate';
export type { TemplateResource } from './template/evaluateTemplate';
export { asList, asObject } from './template/json';
export type { Json } from './template/json';
export { parseTemplate } from './template/parseTemplate';
export type { Scope } from './template/resolveValue';
export { defaultAllowedResourceTypes } from './template/resourceTypes';
export type { Template, TemplateParameter } from './template/template';
export {
  defaultTemplateRules,
  joinReach,
  toTemplateRules,
} from './template/templateRules';
export type {
  AllowedReach,
  TemplateRules,
  TemplateSettings,
} from './template/templateRules';
export { toPseudoParameters } from './template/toPseudoParameters';
