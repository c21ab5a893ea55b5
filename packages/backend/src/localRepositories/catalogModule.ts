import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { LocalRepositoriesProvider } from './provider';
import { findRepositoriesFolder, publishedTopic } from './repositories';

/** Adds the entities of local repositories to the catalog. */
export const catalogModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'local-repositories',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, events, logger, scheduler }) {
        const folder = findRepositoriesFolder(config);
        if (!folder) {
          return;
        }
        const provider = new LocalRepositoriesProvider(folder, logger);
        catalog.addEntityProvider(provider);
        await events.subscribe({
          id: 'local-repositories',
          topics: [publishedTopic],
          onEvent: () => provider.refresh(),
        });
        // edits in a repository appear without publishing again
        await scheduler.scheduleTask({
          id: 'local-repositories:refresh',
          frequency: { seconds: 20 },
          timeout: { seconds: 15 },
          initialDelay: { seconds: 3 },
          scope: 'local',
          fn: () => provider.refresh(),
        });
      },
    });
  },
});
