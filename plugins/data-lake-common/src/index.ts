/**
 * The contract of the data lake plugins and the domain of runs: types, schemas and pure functions; no SDK,
 * no Node, no React.
 *
 * @packageDocumentation
 */

export { Account, MwaaEnvironment } from './account';
export {
  environmentAnnotationPrefix,
  hasPipeline,
  listEnvironmentAnnotations,
  parseEnvironment,
  parseEnvironments,
  toEnvironmentName,
} from './annotations';
export { Check, CheckState, worstOf } from './check';
export { CodeHost, codeHostTypes } from './codeHost';
export { environmentKey } from './environment';
export type {
  DeployedEnvironment,
  EnvironmentRef,
  ObservedEnvironment,
  StackRef,
} from './environment';
export { fieldRules, findFieldProblem } from './fieldRules';
export type { FieldName, FieldRule } from './fieldRules';
export { listProblems } from './listProblems';
export type { DocumentRule, DocumentSchema } from './listProblems';
export { toCodeSpan } from './markdown';
export {
  environmentNamePattern,
  parameterNames,
  projectNamePattern,
  removableTagKey,
  starterTasks,
  tagKeys,
  toEntityRef,
  tokenPrefix,
  toParameterPath,
  toPrefix,
  toRunId,
  toStackName,
} from './names';
export type {
  DagRef,
  EnvironmentObservation,
  EnvironmentSnapshot,
  Schedule,
} from './observation';
export { isOwnedBy, isSameRef, normalizeRef, toOwnership } from './ownership';
export type { OwnershipTags } from './ownership';
export {
  dataLakeEnvironmentDeletePermission,
  dataLakeEnvironmentDeployPermission,
  dataLakePermissions,
  dataLakePipelineReadPermission,
  dataLakePipelineRunPermission,
} from './permissions';
export { Action, EnvironmentStatus, HealthRule, Pipeline } from './pipeline';
export {
  BroaderPermission,
  CostPreview,
  DeletionPreview,
  DeletionRequest,
  DeploymentPreview,
  isEndangered,
  PreviewedResource,
  PropertyChange,
  NamedResource,
  ResourceRef,
  StackPreview,
  UploadDiff,
} from './preview';
export { Problem } from './problem';
export {
  listStacks,
  Project,
  ProjectDataset,
  ProjectEnvironment,
  projectSchema,
} from './project';
export { ObservedResource } from './resource';
export { assessHealth } from './run/assessHealth';
export type { HealthAssessment } from './run/assessHealth';
export { findFirstFailure } from './run/findFirstFailure';
export { isActive } from './run/isActive';
export { isStale } from './run/isStale';
export { joinRuns } from './run/joinRuns';
export { mergeRun } from './run/mergeRun';
export { executionTrigger, Run, Step, StepKind } from './run/run';
export { listRunKeys, toRunKey } from './run/runKey';
export { toPartOf } from './run/runPart';
export type { PartOf, RunLead, RunPart } from './run/runPart';
export { RunRequest } from './runRequest';
export { ServiceId, services } from './services';
export type { ObservedServiceId } from './services';
export { Health, isEnded, lookUpState, RunState, worstHealth } from './state';
export { templateRefs } from './templates';
