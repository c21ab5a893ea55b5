import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { dataLakePermissions } from '@data-lake/plugin-data-lake-common';
import {
  Accounts,
  AwsClientFactory,
  readDataLakeConfig,
} from '@data-lake/plugin-data-lake-node';
import { Access } from './Access';
import { Announcer } from './collect/Announcer';
import { Budget } from './collect/Budget';
import { Observer } from './collect/Observer';
import { Sweep } from './collect/Sweep';
import { readCollectConfig } from './config';
import { createDeploymentRouter } from './deploymentRouter';
import { DeploymentService } from './DeploymentService';
import { PipelineService } from './PipelineService';
import { createRouter } from './router';
import { PipelineStore } from './store/PipelineStore';

/**
 * The backend of the data lake pages: observes the pipelines of the catalog's entities, keeps what
 * it saw, and serves it.
 *
 * @public
 */
export const dataLakePlugin = createBackendPlugin({
  pluginId: 'data-lake',
  register(env) {
    env.registerInit({
      deps: {
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
      },
      async init(services) {
        const { config, logger, catalog } = services;
        const collect = readCollectConfig(config);
        const accounts = Accounts.fromConfig(config);
        const clients = AwsClientFactory.fromConfig(config, {
          purpose: 'status',
        });
        const store = await PipelineStore.create(services.database);
        const access = new Access({ ...services, accounts });
        const announcer = new Announcer(services);
        const budget = new Budget();
        const observer = new Observer({
          clients,
          store,
          announcer,
          logger,
          collect,
        });
        const sweep = new Sweep({
          auth: services.auth,
          catalog,
          accounts,
          store,
          observer,
          budget,
          logger,
          collect,
        });

        services.permissionsRegistry.addPermissions(dataLakePermissions);
        services.httpRouter.use(
          createRouter({
            httpAuth: services.httpAuth,
            auditor: services.auditor,
            access,
            pipelines: new PipelineService({
              accounts,
              clients,
              store,
              observer,
              budget,
              collect,
            }),
            clients,
          }),
        );
        services.httpRouter.use(
          createDeploymentRouter({
            httpAuth: services.httpAuth,
            auditor: services.auditor,
            access,
            deployments: new DeploymentService({
              accounts,
              // a preview is a real change set, and so needs what a deployment does
              clients: AwsClientFactory.fromConfig(config, {
                purpose: 'deploy',
              }),
              reader: services.reader,
              settings: readDataLakeConfig(config),
              logger,
            }),
          }),
        );
        await services.scheduler.scheduleTask({
          id: 'data-lake-sweep',
          frequency: { seconds: collect.intervalSeconds },
          // After this another backend may begin; the sweep stops at the signal.
          timeout: { minutes: 15 },
          initialDelay: { seconds: 15 },
          scope: 'global',
          fn: signal => sweep.run(signal),
        });
      },
    });
  },
});
