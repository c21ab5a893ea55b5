import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { Pipeline } from '@data-lake/plugin-data-lake-common';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import { dataLakePlugin } from '../plugin';
import { entityPath, movielens, readProjectText } from './movielens';

/** Starts a backend with the plugin and mocked services; `stopBackends` stops it. */
export async function startBackend(
  options: {
    entities?: Entity[];
    deny?: string;
    collect?: object;
    owners?: string[];
    project?: string;
  } = {},
) {
  const reader = mockServices.urlReader.mock();
  reader.readTree.mockImplementation(async () => ({
    etag: 'c0ffee',
    files: jest.fn(),
    archive: jest.fn(),
    async dir(to) {
      await writeFile(
        join(to!.targetDir!, 'project.yaml'),
        options.project ?? (await readProjectText()),
      );
      return to!.targetDir!;
    },
  }));
  const publish = jest.fn().mockResolvedValue(undefined);
  const send = jest.fn().mockResolvedValue(undefined);
  const auditor = mockServices.auditor.mock();
  const success = jest.fn();
  const fail = jest.fn();
  auditor.createEvent.mockResolvedValue({ success, fail });
  const catalog = catalogServiceMock.mock();
  const entities = options.entities ?? [movielens];
  catalog.getEntityByRef.mockImplementation(async ref =>
    entities.find(e => e.metadata.name === (ref as { name: string }).name),
  );
  catalog.streamEntities.mockImplementation(async function* none() {
    yield [];
  });
  const permissions = mockServices.permissions.mock();
  permissions.authorize.mockImplementation(async requests =>
    requests.map(({ permission }) => ({
      result:
        permission.name === options.deny
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    })),
  );
  const backend = await startTestBackend({
    features: [
      dataLakePlugin,
      mockServices.rootConfig.factory({
        data: {
          awsDeploy: {
            accounts: [
              {
                id: '111122223333',
                name: 'lake-demo',
                regions: ['eu-central-1'],
                owners: options.owners ?? ['group:default/data'],
              },
            ],
          },
          dataLake: {
            collect: { activeSeconds: 1, ...options.collect },
          },
        },
      }),
      catalog.factory,
      permissions.factory,
      reader.factory,
      auditor.factory,
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () =>
          mockServices.userInfo({
            ownershipEntityRefs: ['user:default/mock', 'group:default/data'],
          }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send }),
      }),
    ],
  });
  const { server } = backend;
  stops.push(() => backend.stop());
  const get = (path: string) => request(server).get(path);
  const post = (path: string) => request(server).post(path);
  const readPipeline = async () =>
    Pipeline.parse((await get(`${entityPath}/pipeline`).expect(200)).body);
  /** Reads until an observation was written. */
  const readObserved = async () => {
    await get(`${entityPath}/pipeline`);
    for (let i = 0; i < 100; i++) {
      const pipeline = await readPipeline();
      if (pipeline.environments[0].observedAt) return pipeline;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    throw new Error('Nothing was observed');
  };
  return {
    server,
    reader,
    get,
    post,
    publish,
    send,
    auditor,
    success,
    fail,
    catalog,
    permissions,
    readPipeline,
    readObserved,
  };
}

const stops: (() => Promise<void>)[] = [];

/** Stops all backends of the test. */
export async function stopBackends(): Promise<void> {
  for (const stop of stops.splice(0)) await stop();
}
