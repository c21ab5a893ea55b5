import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { catalogModule } from './catalogModule';
import { scaffolderModule } from './scaffolderModule';

/** Publishing to, and cataloguing from, the folder `localRepositories.path`. */
export default createBackendFeatureLoader({
  *loader() {
    yield catalogModule;
    yield scaffolderModule;
  },
});
