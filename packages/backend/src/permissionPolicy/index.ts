import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { InstallationPolicy } from './InstallationPolicy';

/** Decides every permission of the installed plugins; `permissionPolicy` configures it. */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'installation-policy',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        const own = config.getOptionalConfig('permissionPolicy');
        const platform = own?.getOptionalStringArray('platform') ?? [];
        const register = own?.getOptionalString('register') ?? 'platform';
        if (register !== 'platform' && register !== 'everyone') {
          throw new Error(
            `permissionPolicy.register is ${register}: it must be platform or everyone`,
          );
        }
        policy.setPolicy(new InstallationPolicy({ platform, register }));
      },
    });
  },
});
