/**
 * The policy over every permission that the installed plugins register, and as the scaffolder evaluates it. The
 * permission backend starts with it; its own route takes no mocked tokens, so that the policy is asked beside.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalog from '@backstage/plugin-catalog-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import permission from '@backstage/plugin-permission-backend';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import dataLake from '@data-lake/plugin-data-lake-backend';
import policy from '.';
import { InstallationPolicy } from './InstallationPolicy';
import { Rule, rules } from './rules';

const plugins = { catalog, scaffolder, 'data-lake': dataLake };

/** Refs of whom each user is or belongs to. */
const people = {
  'user:default/member': ['group:default/data'],
  'user:default/other': ['group:default/finance'],
  'user:default/platform': ['group:default/platform'],
};
type Person = keyof typeof people;

const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'hello', namespace: 'default' },
  spec: {
    type: 'service',
    owner: 'group:default/platform',
    parameters: [],
    steps: [{ id: 'wait', action: 'debug:wait', input: { seconds: 600 } }],
  },
};

/** Answers as the policy decides; the plugin that asks evaluates the conditions. */
async function decideAll(
  requests: { permission: any }[],
  { credentials }: any,
): Promise<any[]> {
  const { userEntityRef } = credentials.principal;
  return Promise.all(
    requests.map(({ permission: asked }) => decide(userEntityRef, asked)),
  );
}

function decide(
  person: Person,
  asked: any,
  register: 'platform' | 'everyone' = 'platform',
): Promise<any> {
  const own = new InstallationPolicy({
    platform: ['group:default/platform'],
    register,
  });
  const info = {
    userEntityRef: person,
    ownershipEntityRefs: [person, ...people[person]],
  };
  return own.handle({ permission: asked }, { info } as any);
}

let base: string;
let backend: Awaited<ReturnType<typeof startTestBackend>>;

async function start(permissionPolicy: object) {
  backend = await startTestBackend({
    features: [
      ...Object.values(plugins),
      permission,
      policy,
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => ({
          authorize: decideAll,
          authorizeConditional: decideAll,
        }),
      }),
      catalogServiceMock.factory({ entities: [template] }),
      mockServices.rootConfig.factory({
        data: { permission: { enabled: true }, permissionPolicy },
      }),
    ],
  });
  const { port } = backend.server.address() as { port: number };
  base = `http://127.0.0.1:${port}/api`;
}

beforeAll(() => start({ platform: ['group:default/platform'] }), 120_000);
afterAll(() => backend.stop());

const call = (person: Person | undefined, path: string, body?: object) =>
  fetch(`${base}/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      'content-type': 'application/json',
      authorization: person
        ? mockCredentials.user.header(person)
        : mockCredentials.none.header(),
    },
    body: body && JSON.stringify(body),
  });

async function listPermissions(): Promise<any[]> {
  const all = await Promise.all(
    Object.keys(plugins).map(async plugin => {
      const answer = await call(
        'user:default/platform',
        `${plugin}/.well-known/backstage/permissions/metadata`,
      );
      return (await answer.json()).permissions;
    }),
  );
  return all.flat();
}

/** What the policy answers: `ALLOW`, `DENY`, or the rule that the resource must meet. */
async function ask(...question: Parameters<typeof decide>): Promise<string> {
  const { result, conditions } = await decide(...question);
  return conditions?.rule ?? result;
}

it('asks every installed plugin that brings permissions', () => {
  const index = readFileSync(join(__dirname, '../index.ts'), 'utf8');
  const installed = [...index.matchAll(/import\('(@[^']+)'\)/g)].map(
    ([, name]) => dirname(require.resolve(`${name}/package.json`)),
  );
  expect(installed.length).toBeGreaterThan(10);
  const ids = installed.filter(bringsPermissions).map(folder => {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    return JSON.parse(text).backstage.pluginId;
  });
  expect(ids.sort()).toEqual(Object.keys(plugins).sort());
});

/** Whether the code of a package registers permissions. */
function bringsPermissions(folder: string): boolean {
  return ['dist', 'src']
    .map(name => join(folder, name))
    .filter(existsSync)
    .flatMap(code =>
      readdirSync(code, { recursive: true, encoding: 'utf8' })
        .filter(name => /(?<!\.test)\.(c?js|ts)$/.test(name))
        .map(name => readFileSync(join(code, name), 'utf8')),
    )
    .some(text =>
      /\.(addPermissions|addResourceType)\(|createPermissionIntegrationRouter\(/.test(
        text,
      ),
    );
}

it('decides every permission of the installed plugins, and names none that is gone', async () => {
  const names = (await listPermissions()).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(15);
  expect([...names].sort()).toEqual(Object.keys(rules).sort());
});

const answers: Record<Rule, Record<Person, string>> = {
  everyone: {
    'user:default/member': 'ALLOW',
    'user:default/other': 'ALLOW',
    'user:default/platform': 'ALLOW',
  },
  platform: {
    'user:default/member': 'DENY',
    'user:default/other': 'DENY',
    'user:default/platform': 'ALLOW',
  },
  register: {
    'user:default/member': 'DENY',
    'user:default/other': 'DENY',
    'user:default/platform': 'ALLOW',
  },
  owner: {
    'user:default/member': 'IS_ENTITY_OWNER',
    'user:default/other': 'IS_ENTITY_OWNER',
    'user:default/platform': 'IS_ENTITY_OWNER',
  },
  caretaker: {
    'user:default/member': 'IS_ENTITY_OWNER',
    'user:default/other': 'IS_ENTITY_OWNER',
    'user:default/platform': 'ALLOW',
  },
  creator: {
    'user:default/member': 'IS_TASK_OWNER',
    'user:default/other': 'IS_TASK_OWNER',
    'user:default/platform': 'ALLOW',
  },
};

it('answers each permission to each person by its rule', async () => {
  for (const asked of await listPermissions()) {
    for (const person of Object.keys(people) as Person[]) {
      const answer = await ask(person, asked);
      expect([asked.name, person, answer]).toEqual([
        asked.name,
        person,
        answers[rules[asked.name]][person],
      ]);
    }
  }
});

it('lets nobody read files of repositories by an entity to validate, unless they may register it', async () => {
  const body = {
    location: 'url:https://github.com/org/private/blob/main/catalog-info.yaml',
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'a', tags: [{ $text: './.env' }] },
    },
  };
  const validate = (person: Person) =>
    call(person, 'catalog/validate-entity', body);
  expect((await validate('user:default/member')).status).toBe(403);
  expect(rules).toMatchObject({
    'catalog.entity.validate': 'register',
    'catalog.location.analyze': 'register',
  });
});

it('denies a permission that it does not know', async () => {
  const unknown = { type: 'basic', name: 'new.plugin.act', attributes: {} };
  expect(await ask('user:default/platform', unknown)).toBe('DENY');
});

it('shows, cancels and retries a task for its creator and the platform team alone', async () => {
  const created = await call('user:default/member', 'scaffolder/v2/tasks', {
    templateRef: 'template:default/hello',
    values: {},
  });
  const { id, ...rest } = (await created.json()) as { id: string };
  expect([created.status, rest]).toEqual([201, {}]);
  const task = `scaffolder/v2/tasks/${id}`;
  const statuses = async (person: Person) => [
    (await call(person, task)).status,
    (await call(person, `${task}/cancel`, {})).status,
    (await call(person, `${task}/retry`, {})).status,
  ];
  expect(await statuses('user:default/other')).toEqual([403, 403, 403]);
  expect((await call('user:default/platform', task)).status).toBe(200);
  expect((await call('user:default/member', task)).status).toBe(200);
  expect((await call('user:default/member', `${task}/cancel`, {})).status).toBe(
    200,
  );
});

it('opens registering to everyone where the configuration says so', async () => {
  for (const asked of await listPermissions()) {
    if (rules[asked.name] !== 'register') continue;
    expect(await ask('user:default/other', asked, 'everyone')).toBe('ALLOW');
  }
});

it('denies everything to callers who are no users', async () => {
  const own = new InstallationPolicy({ platform: [], register: 'everyone' });
  for (const asked of await listPermissions()) {
    expect(await own.handle({ permission: asked })).toEqual({ result: 'DENY' });
  }
});
