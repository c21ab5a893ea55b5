import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  scaffolderActionsExtensionPoint,
  scaffolderServiceRef,
} from '@backstage/plugin-scaffolder-node';
import {
  Accounts,
  AwsClientFactory,
  readAwsDeployConfig,
} from '@data-lake/aws';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import {
  assertNoMovedConfig,
  createAccountAccess,
  EntityAccess,
  listCodeHosts,
  readRepositoriesConfig,
  reservedReach,
} from '@data-lake/plugin-data-lake-node';
import { awsOwnershipExtensionPoint } from '@data-lake/plugin-scaffolder-backend-module-aws';
import { createDataLakeActions } from './actions';
import { listCodeHostTypes } from './repositories/codeHosts';
import { createCodeHost } from './repositories/createCodeHost';
import { HostServices } from './repositories/HostServices';
import {
  RepositoryHost,
  repositoryHostsExtensionPoint,
} from './repositories/RepositoryHost';
import { RepositoryHosts } from './repositories/RepositoryHosts';

/**
 * Adds the actions of data lakes to the scaffolder, and has the generic actions for AWS respect whose a
 * data lake is.
 *
 * @public
 */
export const scaffolderModuleDataLake = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'data-lake',
  register(env) {
    const added: RepositoryHost[] = [];
    env.registerExtensionPoint(repositoryHostsExtensionPoint, {
      addHost(host) {
        added.push(host);
      },
    });
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        ownership: awsOwnershipExtensionPoint,
        permissions: coreServices.permissions,
        reader: coreServices.urlReader,
        scaffolder: scaffolderServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ actions, config, ownership, ...services }) {
        const { catalog, permissions, userInfo } = services;
        const integrations = ScmIntegrations.fromConfig(config);
        assertNoMovedConfig(config);
        ownership.addTags({ entity: tagKeys.entity, owner: tagKeys.owner });
        ownership.addReserved(reservedReach);
        const access = createAccountAccess({
          accounts: Accounts.fromConfig(config),
          userInfo,
        });
        actions.addActions(
          ...createDataLakeActions(
            {
              ...services,
              access,
              aws: AwsClientFactory.fromConfig(config, {
                appId: 'backstage-deploy',
              }),
              entities: new EntityAccess({
                catalog,
                permissions,
                accounts: access,
              }),
              repositories: toRepositoryHosts(
                { ...services, config, integrations },
                added,
              ),
              settings: readAwsDeployConfig(config),
            },
            {
              path: config.getOptionalString('dataLake.skeleton.path'),
              integrations,
            },
          ),
        );
      },
    });
  },
});

/** The hosts of the installation's integrations, and those that other modules add. */
function toRepositoryHosts(
  services: Omit<HostServices, 'settings'>,
  added: RepositoryHost[],
): RepositoryHosts {
  const settings = readRepositoriesConfig(services.config);
  const official = listCodeHostTypes(services).map(({ host, type }) =>
    createCodeHost({ ...services, settings }, host, type),
  );
  return new RepositoryHosts({
    allowed: listCodeHosts(services.config),
    hosts: [...added, ...official],
    settings,
  });
}
