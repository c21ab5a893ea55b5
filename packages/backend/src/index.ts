import { inspect } from 'node:util';
import { rootHttpRouter } from './foreign/rootHttpRouter';
import {
  createCheckedBackend,
  RefusedStart,
} from './production/createCheckedBackend';

const backend = createCheckedBackend();

backend.add(rootHttpRouter);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./signIn'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissionPolicy'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-azure'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitea'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitlab'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-bitbucket-cloud'),
);
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);

// The product
backend.add(import('@data-lake/plugin-data-lake-backend'));
backend.add(import('@data-lake/plugin-scaffolder-backend-module-aws'));
backend.add(import('@data-lake/plugin-scaffolder-backend-module-data-lake'));

// Repositories in a local folder instead of a Git host, if the configuration names the folder
backend.add(import('./localRepositories'));

backend.start().catch(error => {
  process.stderr.write(
    `${error instanceof RefusedStart ? error.message : inspect(error)}\n`,
  );
  process.exit(1);
});
