/**
 * The backend of the data lake pages, and the templates that they start.
 *
 * @packageDocumentation
 */

import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { dataLakePlugin } from './plugin';
import { templatesModule } from './templates/module';

/**
 * The backend of the data lake pages: observes the pipelines of the catalog's entities, stores the
 * observations, and serves them; and a module that adds the templates of data lakes to the catalog.
 *
 * @public
 */
export default createBackendFeatureLoader({
  *loader() {
    yield dataLakePlugin;
    yield templatesModule;
  },
});
