import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { catalogModule } from './catalogModule';
import { scaffolderModule } from './scaffolderModule';
import { urlReaderFactory } from './urlReader';

/** Publishes to, catalogues and reads the folder `localRepositories.path`. */
export default createBackendFeatureLoader({
  *loader() {
    yield catalogModule;
    yield scaffolderModule;
    yield urlReaderFactory;
  },
});
