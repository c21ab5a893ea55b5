import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  AccountAccess,
  Accounts,
  AwsClientFactory,
  readAwsDeployConfig,
} from '@data-lake/aws';
import { createAwsActions } from './actions';
import {
  awsOwnershipExtensionPoint,
  defaultOwnershipTags,
  OwnershipTags,
  Reserved,
  toReserved,
} from './ownership';

/**
 * Adds the actions for AWS to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleAws = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'aws',
  register(env) {
    // modules that add to it are initialised before this one
    const ownership: OwnershipTags[] = [defaultOwnershipTags];
    const reserved: Reserved[] = [];
    env.registerExtensionPoint(awsOwnershipExtensionPoint, {
      addTags: (...tags) => void ownership.push(...tags),
      addReserved: (...added) => void reserved.push(...added),
    });
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        userInfo: coreServices.userInfo,
      },
      async init({ actions, auditor, config, userInfo }) {
        const accounts = Accounts.fromConfig(config);
        const ownerTags = ownership.map(({ owner }) => owner);
        actions.addActions(
          ...createAwsActions({
            access: new AccountAccess({ accounts, userInfo, ownerTags }),
            auditor,
            aws: AwsClientFactory.fromConfig(config, {
              appId: 'backstage-deploy',
            }),
            ownership,
            reserved: toReserved(ownership, reserved),
            settings: readAwsDeployConfig(config),
          }),
        );
      },
    });
  },
});
