import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  Accounts,
  AwsClientFactory,
  readDataLakeConfig,
} from '@data-lake/plugin-data-lake-node';
import { AccountAccess } from './access';
import {
  createCheckProjectAction,
  createDeleteAction,
  createDeployAction,
  createFetchSkeletonAction,
  createGetMwaaEnvironmentAction,
  createPreviewAction,
  createReadProjectAction,
  createRollbackAction,
  createSyncAction,
  createVerifyAction,
} from './actions';

/**
 * Adds the actions of data lakes to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleDataLake = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'data-lake',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auditor: coreServices.auditor,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        userInfo: coreServices.userInfo,
      },
      async init({ actions, auditor, catalog, config, userInfo }) {
        const settings = readDataLakeConfig(config);
        const aws = AwsClientFactory.fromConfig(config, { purpose: 'deploy' });
        const access = new AccountAccess({
          accounts: Accounts.fromConfig(config),
          userInfo,
        });
        actions.addActions(
          createCheckProjectAction({ access, aws, catalog }),
          createDeleteAction({ access, auditor, aws }),
          createDeployAction({ access, auditor, aws, settings }),
          createFetchSkeletonAction({
            path: settings.skeleton.path,
            integrations: ScmIntegrations.fromConfig(config),
          }),
          createGetMwaaEnvironmentAction({ access, aws }),
          createPreviewAction({ access, auditor, aws, settings }),
          createReadProjectAction(),
          createRollbackAction({ access, auditor, aws, settings }),
          createSyncAction({ access, auditor, aws }),
          createVerifyAction({ access, aws }),
        );
      },
    });
  },
});
