export * from './addEnvironment';
export * from './checkPlace';
export * from './deleteEnvironment';
export { toDeployment, toStackParameters } from './deployment';
export type { ProjectDeployment } from './deployment';
export { deployProject } from './deployProject';
export type {
  DeployProjectOptions,
  ProjectDeployed,
  ProjectOptions,
} from './deployProject';
export * from './mwaaEnvironment';
export { previewProject } from './previewProject';
export type { ProjectPreview } from './previewProject';
export * from './projectFiles';
export * from './projectStacks';
export * from './read';
export * from './releases';
export * from './rollbackProject';
export * from './repository';
export * from './toDeletionTarget';
