import {
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import aws, { awsOwnershipExtensionPoint } from '.';
import { createAwsActions } from './actions';

jest.mock('./actions', () => {
  const actual = jest.requireActual('./actions');
  return { ...actual, createAwsActions: jest.fn(actual.createAwsActions) };
});

const createScaffolder = (ids: string[]) =>
  createBackendPlugin({
    pluginId: 'scaffolder',
    register(env) {
      env.registerExtensionPoint(scaffolderActionsExtensionPoint, {
        addActions: (...added: any[]) => ids.push(...added.map(({ id }) => id)),
      } as any);
      env.registerInit({ deps: {}, init: async () => {} });
    },
  });

const rootConfig = mockServices.rootConfig.factory({ data: {} });

it('adds its actions to the scaffolder, alone', async () => {
  const ids: string[] = [];
  await startTestBackend({
    features: [createScaffolder(ids), aws, rootConfig],
  });
  expect(ids.sort()).toEqual([
    'aws:cloudformation:delete',
    'aws:cloudformation:deploy',
    'aws:cloudformation:preview',
    'aws:mwaa:get-environment',
    'aws:s3:sync',
  ]);
});

it('respects the ownership tags of other modules, in whichever order they are added', async () => {
  const tags = { entity: 'lake:entity', owner: 'lake:owner' };
  const lake = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'lake',
    register(env) {
      env.registerInit({
        deps: { ownership: awsOwnershipExtensionPoint },
        init: async ({ ownership }) => {
          ownership.addTags(tags);
          ownership.addReserved({ reservedParameters: ['/lake/'] });
        },
      });
    },
  });
  const created = jest.mocked(createAwsActions);
  for (const modules of [
    [aws, lake],
    [lake, aws],
  ]) {
    await startTestBackend({
      features: [createScaffolder([]), ...modules, rootConfig],
    });
    const [services] = created.mock.lastCall!;
    expect(services.ownership).toContainEqual(tags);
    expect(services.reserved).toMatchObject({
      reservedTags: expect.arrayContaining(Object.values(tags)),
      reservedParameters: ['/lake/'],
    });
    const authorize = services.access.toAuthorizeTags(
      { principal: { type: 'service' } } as any,
      { account: '123456789012', region: 'eu-central-1' },
    );
    await expect(
      authorize({ 'lake:owner': 'group:default/x' }),
    ).rejects.toThrow(/is not allowed/);
  }
});
