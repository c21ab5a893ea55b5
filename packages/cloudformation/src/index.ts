/**
 * Previews, deploys, cancels and deletes CloudFormation stacks by change sets, from templates that are
 * read as data.
 *
 * @packageDocumentation
 */

export { toDangerText, listEndangered } from './change/findGates';
export type { Allowances } from './change/findGates';
export { toPropertyText } from './change/propertyChanges';
export { deleteStack } from './delete/deleteStack';
export type { DeleteOptions, DeletionResult } from './delete/deleteStack';
export { findDeletionGates } from './delete/findDeletionGates';
export type { DeletionAllowances } from './delete/findDeletionGates';
export { describeDeletion } from './delete/describeDeletion';
export { planStackDeletion } from './delete/planStackDeletion';
export type { StackDeletionPlan } from './delete/planStackDeletion';
export { deployStack } from './operation/deployStack';
export type { DeployOptions } from './operation/deployStack';
export type { FailureReports } from './operation/planStackNow';
export { previewStack } from './operation/previewStack';
export type { Preview } from './operation/previewStack';
export { previewTemplate } from './operation/previewTemplate';
export type { DeploymentResult, DeploymentSpec } from './stack/deploymentSpec';
export { isSuccess, listEvents } from './stack/events';
export type { StackEvent } from './stack/events';
export { toWorkName } from './stack/identity';
export { findStack, readStack, readStackParameters } from './stack/stack';
export type { StackState } from './stack/stack';
export { listStackResources } from './stack/stackResources';
export type { StackResourceState, StackResource } from './stack/stackResources';
export { readStackTemplate } from './stack/stackTemplate';
export { evaluateTemplate } from './template/evaluateTemplate';
export type { TemplateResource } from './template/evaluateTemplate';
export { asList, asObject } from './template/json';
export { parseTemplate } from './template/parseTemplate';
export { toPseudoParameters } from './template/toPseudoParameters';
export { defaultAllowedResourceTypes } from './template/resourceTypes';
export type { Template } from './template/template';
export {
  defaultTemplateRules,
  toTemplateRules,
} from './template/templateRules';
export type { TemplateRules } from './template/templateRules';
