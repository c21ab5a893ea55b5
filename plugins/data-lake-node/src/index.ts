/**
 * Data lakes on AWS: their projects, deployments, checks, access rules, and one adapter a service.
 *
 * @packageDocumentation
 */

export { assertNoMovedConfig } from './access/assertNoMovedConfig';
export { authorizeEnvironment } from './access/authorizeEnvironment';
export type { EnvironmentClaim } from './access/authorizeEnvironment';
export { AccessConfig, readAccessConfig } from './access/config';
export { listCodeHosts } from './access/codeHosts';
export {
  readRepositoriesConfig,
  RepositoriesConfig,
} from './access/repositoriesConfig';
export { EntityAccess } from './access/EntityAccess';
export type { EntityAct, EntityRights } from './access/EntityAccess';
export type { EnvironmentAuthority } from './access/EnvironmentAuthority';
export { findOwner, getOwner } from './access/owner';
export { reservedReach } from './access/reservedReach';
export { toOwnerAuthority } from './access/toOwnerAuthority';
export { deleteEnvironment } from './project/delete/deleteEnvironment';
export type { DeleteEnvironmentOptions } from './project/delete/deleteEnvironment';
export type { DeletionPlanOptions } from './project/delete/planEnvironmentDeletion';
export { previewEnvironmentDeletion } from './project/delete/previewEnvironmentDeletion';
export { toConfirmation } from './project/delete/TeardownRequest';
export type { TeardownRequest } from './project/delete/TeardownRequest';
export { toTeardownRequest } from './project/delete/toTeardownRequest';
export { createAccountAccess } from './access/createAccountAccess';
export {
  assertProjectOpen,
  authorizeProject,
} from './project/deploy/authorizeProject';
export { deployProject } from './project/deploy/deployProject';
export type {
  DeployProjectOptions,
  ProjectDeploymentResult,
} from './project/deploy/deployProject';
export { previewProject } from './project/deploy/previewProject';
export type { ProjectPreview } from './project/deploy/previewProject';
export type { ProjectOptions } from './project/deploy/projectOptions';
export { collides } from './project/preflight/collides';
export { findRoleQuota } from './project/preflight/findRoleQuota';
export type { RoleQuotaFinding } from './project/preflight/findRoleQuota';
export { findTakenStack } from './project/preflight/findTakenStack';
export { listBucketProblems } from './project/preflight/listBucketProblems';
export { listKeptProblems } from './project/preflight/listKeptProblems';
export { addEnvironment } from './project/repository/addEnvironment';
export { annotateEnvironment } from './project/repository/annotateEnvironment';
export { fetchRepository } from './project/repository/fetchRepository';
export type { Repository } from './project/repository/fetchRepository';
export { toSourceUrl } from './project/repository/toSourceUrl';
export { readRemovable } from './project/repository/readRemovable';
export { chooseRollback } from './project/rollback/chooseRollback';
export type { RollbackChoice } from './project/rollback/chooseRollback';
export { listReleases } from './project/rollback/listReleases';
export type { FormerRelease } from './project/rollback/listReleases';
export type { RollbackPlanOptions } from './project/rollback/planRollback';
export { rollbackProject } from './project/rollback/rollbackProject';
export type {
  RollbackOptions,
  RollbackResult,
} from './project/rollback/rollbackProject';
export { listProjectStacks } from './project/spec/listProjectStacks';
export type { ProjectStack } from './project/spec/listProjectStacks';
export { parseProject } from './project/spec/parseProject';
export { readProjectFiles } from './project/spec/readProjectFiles';
export type { ProjectFiles } from './project/spec/readProjectFiles';
export { toProjectDeploymentSpec } from './project/spec/toProjectDeploymentSpec';
export type { ProjectDeploymentSpec } from './project/spec/toProjectDeploymentSpec';
export { listMwaaEnvironments } from './services/mwaa/listMwaaEnvironments';
export { startDagRun } from './services/mwaa/startDagRun';
export type { DagRunRequest } from './services/mwaa/startDagRun';
export { startEnvironmentRun } from './services/mwaa/startEnvironmentRun';
export type { EnvironmentRunRequest } from './services/mwaa/startEnvironmentRun';
export { observeEnvironment } from './services/observeEnvironment';
export type { ObserveOptions } from './services/observeEnvironment';
export { toProblem } from './services/toProblem';
export { checksToMarkdown } from './verify/checksToMarkdown';
export { verifyProject } from './verify/verifyProject';
export type { VerifyOptions } from './verify/verifyProject';
