import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { catalogModule } from './catalogModule';
import { scaffolderModule } from './scaffolderModule';
import { urlReaderFactory } from './urlReader';

/** Publishing to, cataloguing from, and reading of the folder `localRepositories.path`. */
export default createBackendFeatureLoader({
  *loader() {
    yield catalogModule;
    yield scaffolderModule;
    yield urlReaderFactory;
  },
});
