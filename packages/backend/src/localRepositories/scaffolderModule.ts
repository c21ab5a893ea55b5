import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { repositoryHostsExtensionPoint } from '@data-lake/plugin-scaffolder-backend-module-data-lake';
import { createLocalHost } from './host';
import { findRepositoriesFolder } from './repositories';

/** Adds the host `local` to those of data lakes. */
export const scaffolderModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'local-repositories',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        catalog: catalogServiceRef,
        events: eventsServiceRef,
        hosts: repositoryHostsExtensionPoint,
      },
      async init({ config, catalog, events, hosts }) {
        const folder = findRepositoriesFolder(config);
        if (folder) {
          hosts.addHost(createLocalHost({ folder, catalog, events }));
        }
      },
    });
  },
});
