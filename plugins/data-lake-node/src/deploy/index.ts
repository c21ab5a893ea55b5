export * from './deleteStack';
export * from './deployStack';
export type { OnCancel } from './cancel';
export type { ChangeDescription } from './describe';
export {
  endsOperation,
  failureText,
  findCause,
  isSuccess,
  listEvents,
  listOtherFailures,
} from './events';
export type { StackEvent } from './events';
export { DeploymentFailedError } from './failure';
export { estimateTemplateCost } from './fixedCost';
export type { CostItem, FixedCost } from './fixedCost';
export { dangerText, findGates, listEndangered } from './gates';
export type { Allowances } from './gates';
export * from './plan';
export * from './planDeletion';
export { readBucketTags } from './ownedBuckets';
export type { MayTouch, Reports } from './planNow';
export { previewStack } from './previewStack';
export type { Preview, PreviewOptions } from './previewStack';
export { propertyText } from './propertyChanges';
export * from './request';
export type { ResourceChange } from './resourceChange';
export { defaultAllowedResourceTypes } from './resourceTypes';
export * from './stack';
export type { HeldResource } from './stackResources';
export { isTooLongForText, parseTemplate } from './template';
export type { Template, TemplateParameter, TemplateRules } from './template';
export { templateRules } from './templateRules';
