export { dangerText, listEndangered } from './change/gates';
export type { Allowances } from './change/gates';
export { propertyText } from './change/propertyChanges';
export { estimateTemplateCost } from './cost/fixedCost';
export { deleteStack } from './delete/deleteStack';
export type { Deletion } from './delete/deleteStack';
export { deployStack } from './operation/deployStack';
export type { DeployOptions } from './operation/deployStack';
export type { Reports } from './operation/planNow';
export { previewStack } from './operation/previewStack';
export type { Preview } from './operation/previewStack';
export { isSuccess, listEvents } from './stack/events';
export type { StackEvent } from './stack/events';
export { toWorkName } from './stack/identity';
export type { DeployRequest, Deployment } from './stack/request';
export { findStack } from './stack/stack';
export type { StackState } from './stack/stack';
export { listStackResources } from './stack/stackResources';
export type { HeldResource } from './stack/stackResources';
export { readStackParameters, readStackTemplate } from './stack/stackTemplate';
export {
  asList,
  asObject,
  resolveResources,
} from './template/evaluateTemplate';
export type { ResolvedResource } from './template/evaluateTemplate';
export { toPseudoParameters } from './template/pseudoParameters';
export { defaultAllowedResourceTypes } from './template/resourceTypes';
export { parseTemplate } from './template/template';
export type { Template, TemplateRules } from './template/template';
export { defaultTemplateRules, templateRules } from './template/templateRules';
