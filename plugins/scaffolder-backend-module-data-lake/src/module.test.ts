import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import dataLake from '.';

it('adds its actions to the scaffolder', async () => {
  const ids: string[] = [];
  const scaffolder = createBackendPlugin({
    pluginId: 'scaffolder',
    register(env) {
      env.registerExtensionPoint(scaffolderActionsExtensionPoint, {
        addActions: (...actions: any[]) =>
          ids.push(...actions.map(({ id }) => id)),
      } as any);
      env.registerInit({ deps: {}, init: async () => {} });
    },
  });
  await startTestBackend({
    features: [
      scaffolder,
      dataLake,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: {} }),
    ],
  });
  expect(ids.sort()).toEqual([
    'aws:cloudformation:delete',
    'aws:cloudformation:deploy',
    'aws:cloudformation:preview',
    'aws:mwaa:get-environment',
    'aws:s3:sync',
    'data-lake:environment:delete',
    'data-lake:project:add-environment',
    'data-lake:project:check',
    'data-lake:project:deploy',
    'data-lake:project:fetch',
    'data-lake:project:read',
    'data-lake:release:rollback',
    'data-lake:skeleton:fetch',
    'data-lake:verify',
  ]);
});
