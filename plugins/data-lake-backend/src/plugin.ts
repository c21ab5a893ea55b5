import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  Accounts,
  AwsClientFactory,
  readAwsDeployConfig,
} from '@data-lake/aws';
import { dataLakePermissions } from '@data-lake/plugin-data-lake-common';
import {
  assertNoMovedConfig,
  createAccountAccess,
  EntityAccess,
  listCodeHosts,
  readAccessConfig,
} from '@data-lake/plugin-data-lake-node';
import { readCollectConfig } from './config';
import { ChangeNotifier } from './observe/ChangeNotifier';
import { EnvironmentObserver } from './observe/EnvironmentObserver';
import { observationLimit, refreshLimit } from './observe/limits';
import { ObservationQueue } from './observe/ObservationQueue';
import { RateLimiter } from './observe/RateLimiter';
import { Sweep } from './observe/Sweep';
import { PipelineService } from './pipeline/PipelineService';
import { PreviewService } from './preview/PreviewService';
import { createRouter } from './routes/createRouter';
import { ObservationStore } from './store/ObservationStore';

const deps = {
  auditor: coreServices.auditor,
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  config: coreServices.rootConfig,
  database: coreServices.database,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  logger: coreServices.logger,
  notifications: notificationService,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  reader: coreServices.urlReader,
  scheduler: coreServices.scheduler,
  signals: signalsServiceRef,
  userInfo: coreServices.userInfo,
};

/**
 * The backend of the data lake pages: observes the pipelines of the catalog's entities, stores the
 * observations, and serves them.
 */
export const dataLakePlugin = createBackendPlugin({
  pluginId: 'data-lake',
  register(env) {
    env.registerInit({ deps, init });
  },
});

async function init(services: {
  [K in keyof typeof deps]: (typeof deps)[K]['T'];
}) {
  const { config, httpRouter, permissionsRegistry, scheduler } = services;
  assertNoMovedConfig(config);
  const collect = readCollectConfig(config);
  const accounts = Accounts.fromConfig(config);
  const clients = AwsClientFactory.fromConfig(config, {
    appId: 'backstage-status',
  });
  // A preview is a real change set, and so needs the rights of a deployment.
  const deployClients = AwsClientFactory.fromConfig(config, {
    appId: 'backstage-deploy',
  });
  const store = await ObservationStore.create(services.database);
  const notifier = new ChangeNotifier(services);
  const shared = { ...services, accounts, clients, collect, store, notifier };
  const observer = new EnvironmentObserver(shared);
  const rateLimiter = new RateLimiter(observationLimit);
  const queue = new ObservationQueue({ observer, rateLimiter });
  const refreshes = new RateLimiter(refreshLimit);
  const sweep = new Sweep({ ...shared, queue });
  const accountAccess = createAccountAccess(shared);

  permissionsRegistry.addPermissions(dataLakePermissions);
  httpRouter.use(
    createRouter({
      ...services,
      accounts: accountAccess,
      entities: new EntityAccess({
        ...services,
        accounts: accountAccess,
        acts: readAccessConfig(config),
      }),
      clients,
      codeHosts: listCodeHosts(config),
      pipelines: new PipelineService({ ...shared, queue, refreshes }),
      previews: new PreviewService({
        ...shared,
        access: accountAccess,
        clients: deployClients,
        settings: readAwsDeployConfig(config),
      }),
    }),
  );
  await scheduler.scheduleTask({
    id: 'data-lake-sweep',
    frequency: { seconds: collect.intervalSeconds },
    // After this another backend may start one; the sweep stops at the signal.
    timeout: { minutes: 15 },
    initialDelay: { seconds: 15 },
    scope: 'global',
    fn: signal => sweep.run(signal),
  });
}
