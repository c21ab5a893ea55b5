import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createCommitLocalAction } from './commit';
import { createPublishLocalAction } from './publish';
import { findRepositoriesFolder } from './repositories';

/** Adds the actions that publish to local repositories. */
export const scaffolderModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'local-repositories',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
        catalog: catalogServiceRef,
        events: eventsServiceRef,
      },
      async init({ actions, config, catalog, events }) {
        const folder = findRepositoriesFolder(config);
        if (folder) {
          actions.addActions(
            createCommitLocalAction({ folder, catalog, events }),
            createPublishLocalAction({ folder, catalog, events }),
          );
        }
      },
    });
  },
});
