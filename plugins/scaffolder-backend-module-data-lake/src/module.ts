import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { Accounts, AwsClientFactory, readAwsDeployConfig } from '@data-lake/aws';
import { AccountAccess } from './access';
import {
  createAddEnvironmentAction,
  createCheckProjectAction,
  createDeleteAction,
  createDeleteEnvironmentAction,
  createDeployAction,
  createDeployProjectAction,
  createFetchProjectAction,
  createFetchSkeletonAction,
  createGetMwaaEnvironmentAction,
  createPreviewAction,
  createReadProjectAction,
  createRollbackAction,
  createSyncAction,
  createVerifyAction,
} from './actions';
import { readSkeletonPath } from './config';
import { EntityAccess } from './entityAccess';

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
        permissions: coreServices.permissions,
        reader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init({
        actions,
        auditor,
        catalog,
        config,
        permissions,
        reader,
        userInfo,
      }) {
        const entities = new EntityAccess({ catalog, permissions });
        const settings = readAwsDeployConfig(config);
        const aws = AwsClientFactory.fromConfig(config, { purpose: 'deploy' });
        const access = new AccountAccess({
          accounts: Accounts.fromConfig(config),
          userInfo,
        });
        actions.addActions(
          createAddEnvironmentAction({ access, auditor, aws, entities }),
          createCheckProjectAction({ access, auditor, aws, catalog }),
          createDeleteAction({ access, auditor, aws }),
          createDeleteEnvironmentAction({
            access,
            auditor,
            aws,
            entities,
            reader,
          }),
          createDeployAction({ access, auditor, aws, settings }),
          createDeployProjectAction({
            access,
            auditor,
            aws,
            entities,
            settings,
          }),
          createFetchProjectAction({ auditor, entities, reader }),
          createFetchSkeletonAction({
            path: readSkeletonPath(config),
            integrations: ScmIntegrations.fromConfig(config),
          }),
          createGetMwaaEnvironmentAction({ access, auditor, aws }),
          createPreviewAction({ access, auditor, aws, settings }),
          createReadProjectAction(),
          createRollbackAction({ access, auditor, aws, entities, settings }),
          createSyncAction({ access, auditor, aws }),
          createVerifyAction({ access, auditor, aws }),
        );
      },
    });
  },
});
