/**
 * Scaffolder actions that deploy, upload and render AWS data lakes.
 *
 * @packageDocumentation
 */

export { scaffolderModuleDataLake as default } from './module';
export { repositoryHostsExtensionPoint } from './repositories/RepositoryHost';
export type {
  ChangeRequest,
  RepositoryContext,
  RepositoryHost,
  RepositoryHostsExtensionPoint,
  RepositoryRequest,
  RepositoryUrls,
} from './repositories/RepositoryHost';
