export * from './repository/addEnvironment';
export * from './preflight/findTakenStack';
export * from './delete/deleteEnvironment';
export { toDeployment, toStackParameters } from './spec/toProjectDeploymentSpec';
export type { ProjectDeployment } from './spec/toProjectDeploymentSpec';
export { deployProject } from './deploy/deployProject';
export type {
  DeployProjectOptions,
  ProjectDeployed,
  ProjectOptions,
} from './deploy/deployProject';
export * from './preflight/mwaaEnvironment';
export { previewProject } from './deploy/previewProject';
export type { ProjectPreview } from './deploy/previewProject';
export * from './spec/readProjectFiles';
export * from './spec/listProjectStacks';
export * from './spec/parseProject';
export * from './rollback/listReleases';
export * from './rollback/rollbackProject';
export * from './repository/fetchRepository';
export * from './delete/toTeardownRequest';
