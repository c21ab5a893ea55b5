/** The policy of the README, evaluated by the scaffolder itself. */
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import {
  createScaffolderActionConditionalDecision,
  scaffolderActionConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { actionExecutePermission } from '@backstage/plugin-scaffolder-common/alpha';
import aws from '@data-lake/plugin-scaffolder-backend-module-aws';
import dataLake from '.';

const { hasBooleanProperty } = scaffolderActionConditions;

/** Allows a caller to deploy, but not to set these inputs. */
const withoutAllowances = createScaffolderActionConditionalDecision(
  actionExecutePermission,
  {
    not: {
      anyOf: [
        hasBooleanProperty({ key: 'allowReplacement', value: true }),
        hasBooleanProperty({ key: 'allowBroaderPermissions', value: true }),
      ],
    },
  },
);

it('withholds the inputs that allow danger, and nothing else', async () => {
  const { server } = await startTestBackend({
    features: [
      scaffolder,
      aws,
      dataLake,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: {} }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => ({
          authorize: async requests =>
            requests.map(() => ({ result: 'ALLOW' as any })),
          authorizeConditional: async requests =>
            requests.map(({ permission }) =>
              permission.name === actionExecutePermission.name
                ? withoutAllowances
                : { result: 'ALLOW' as any },
            ),
        }),
      }),
    ],
  });
  const run = async (action: keyof typeof inputs, allow: object) => {
    const address = server.address() as { port: number };
    const answer = await fetch(
      `http://127.0.0.1:${address.port}/api/scaffolder/v2/dry-run`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          template: templateWith(action, allow),
          values: {},
          directoryContents: [],
        }),
      },
    );
    return { ok: answer.ok, text: await answer.text() };
  };
  const deploy = 'aws:cloudformation:deploy';
  for (const action of [deploy, 'data-lake:project:deploy'] as const) {
    expect(await run(action, {})).toMatchObject({ ok: true });
    const said = { allowReplacement: false };
    expect(await run(action, said)).toMatchObject({ ok: true });
  }
  for (const [action, key] of [
    [deploy, 'allowReplacement'],
    [deploy, 'allowBroaderPermissions'],
    ['data-lake:project:deploy', 'allowReplacement'],
    ['data-lake:project:deploy', 'allowBroaderPermissions'],
    ['data-lake:release:rollback', 'allowBroaderPermissions'],
  ] as const) {
    expect(await run(action, { [key]: true })).toEqual({
      ok: false,
      text: expect.stringContaining(`Unauthorized action: ${action}`),
    });
  }
}, 120_000);

const inputs = {
  'aws:cloudformation:deploy': {
    account: '123456789012',
    region: 'eu-central-1',
    stackName: 'alerts',
    templateBody: '{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}',
  },
  'data-lake:project:deploy': {
    entityRef: 'component:default/movielens',
    environment: 'demo',
  },
  'data-lake:release:rollback': { environment: 'demo' },
};

const templateWith = (action: keyof typeof inputs, allow: object) => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'alerts' },
  spec: {
    type: 'service',
    parameters: [],
    steps: [{ id: 'deploy', action, input: { ...inputs[action], ...allow } }],
    output: {},
  },
});
