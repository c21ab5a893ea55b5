import { existsSync } from 'node:fs';
import {
  coreServices,
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { TemplatesProvider } from './TemplatesProvider';

/** Adds the templates of data lakes to the catalog, unless the configuration says that they are registered there. */
export const templatesModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'data-lake-templates',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ catalog, config }) {
        if (config.getOptionalBoolean('dataLake.templates.provide') === false) {
          return;
        }
        const owner = config.getOptionalString('dataLake.templates.owner');
        const folder = findFolder();
        catalog.addEntityProvider(new TemplatesProvider({ folder, owner }));
      },
    });
  },
});

/** Finds the templates of the published package, or those of this repository. */
function findFolder(): string {
  const name = '@data-lake/plugin-data-lake-backend';
  const folders = ['templates', '../../templates'].map(path =>
    resolvePackagePath(name, path),
  );
  const found = folders.find(existsSync);
  if (found) return found;
  throw new NotFoundError(`There are no templates at ${folders.join(' or ')}`);
}
