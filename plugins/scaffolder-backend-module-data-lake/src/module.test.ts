import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import aws, {
  defaultOwnershipTags,
} from '@data-lake/plugin-scaffolder-backend-module-aws';
import dataLake from '.';
import { createDataLakeActions } from './actions';
import { makeServices } from './__testUtils__';

jest.mock('./actions', () => {
  const actual = jest.requireActual('./actions');
  const create = jest.fn(actual.createDataLakeActions);
  return { ...actual, createDataLakeActions: create };
});

const createScaffolder = (ids: string[]) =>
  createBackendPlugin({
    pluginId: 'scaffolder',
    register(env) {
      env.registerExtensionPoint(scaffolderActionsExtensionPoint, {
        addActions: (...actions: any[]) =>
          ids.push(...actions.map(({ id }) => id)),
      } as any);
      env.registerInit({ deps: {}, init: async () => {} });
    },
  });

it('respects the owner of what the generic actions made', async () => {
  const authorize = makeServices().access.toAuthorizeTags(
    mockCredentials.user(),
    { account: '123456789012', region: 'eu-central-1' },
  );
  await expect(
    authorize({ [defaultOwnershipTags.owner]: 'group:default/finance' }),
  ).rejects.toThrow(/do not belong to group:default.finance/);
});

it('adds its actions to the scaffolder, beside the generic ones', async () => {
  const ids: string[] = [];
  await startTestBackend({
    features: [
      createScaffolder(ids),
      aws,
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
    'data-lake:repository:change-request',
    'data-lake:repository:protect',
    'data-lake:repository:publish',
    'data-lake:repository:register',
    'data-lake:skeleton:fetch',
    'data-lake:verify',
  ]);
});

it.each(['data-lake:owner', 'backstage:owner'])(
  'respects the owner of the tag %s',
  async key => {
    await startTestBackend({
      features: [
        createScaffolder([]),
        aws,
        dataLake,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    const [{ access }] = jest.mocked(createDataLakeActions).mock.lastCall!;
    const authorize = access.toAuthorizeTags(
      { principal: { type: 'service' } } as any,
      { account: '123456789012', region: 'eu-central-1' },
    );
    await expect(authorize({ [key]: 'group:default/x' })).rejects.toThrow(
      /is not allowed/,
    );
    await expect(authorize({})).resolves.toBe(undefined);
  },
);

it('does not start without the generic actions, which must respect its stacks', async () => {
  await expect(
    startTestBackend({
      features: [
        createScaffolder([]),
        dataLake,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({ data: {} }),
      ],
    }),
  ).rejects.toThrow(/scaffolder.aws-ownership/);
});

it('does not start with accounts under the key of earlier versions', async () => {
  const data = { dataLake: { accounts: [{ id: '123456789012' }] } };
  await expect(
    startTestBackend({
      features: [
        createScaffolder([]),
        aws,
        dataLake,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({ data }),
      ],
    }),
  ).rejects.toThrow(/dataLake\.accounts are now in awsDeploy\.accounts/);
});
