import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import {
  createBackendModule,
  createServiceFactory,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import aws from '@data-lake/plugin-scaffolder-backend-module-aws';
import dataLake from '@data-lake/plugin-scaffolder-backend-module-data-lake';
import { parse } from 'yaml';
import { root } from '../render';

/** What the project of the tests has. */
export const project = {
  'catalog-info.yaml': 'kind: Component\n',
  '.github/workflows/ci.yml': 'name: ci\n',
  'jobs/main.py': 'print()\n',
};

/** Where the entity of each host has its repository. */
const sources = {
  github: 'https://github.com/acme/lake/tree/main/',
  gitlab: 'https://gitlab.com/acme/lake/-/tree/main/',
  bitbucketCloud: 'https://bitbucket.org/acme/lake/src/main/',
  azure: 'https://dev.azure.com/acme/data/_git/lake?path=/',
  gitea: 'https://gitea.example.com/acme/lake/src/branch/main/',
};

export type HostName = keyof typeof sources;

/**
 * Starts a scaffolder with the actions of data lakes, the real URL readers, and a catalog that has an entity
 * `component:default/<host>` for each host. It runs steps of the templates as they are.
 */
export async function startScaffolder(
  integrations: object,
  urls: Partial<Record<HostName, string>> = sources,
) {
  const catalog = catalogServiceMock.mock();
  const templates = new Map<string, object>();
  catalog.getEntityByRef.mockImplementation(async ref => {
    const name = typeof ref === 'string' ? ref : stringifyEntityRef(ref);
    return (templates.get(name) ?? toEntity(name, urls)) as any;
  });
  catalog.addLocation.mockResolvedValue({ entities: [] } as any);
  const backend = await startTestBackend({
    features: [
      ...listFeatures(integrations),
      createTestActions(`component:default/${Object.keys(urls)[0]}`),
      catalog.factory,
    ],
  });
  const tasks = createTasks(
    `http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2/tasks`,
  );
  return {
    catalog,
    /** Runs steps of a template, in a task of its own. */
    async run(
      template: string,
      ids: string[],
      options: { parameters: object; token?: string; files: string },
    ): Promise<TaskResult> {
      const { parameters, token, files } = options;
      const ref = `template:default/${template}`;
      templates.set(ref, await toTemplate(template, ids, files));
      const { id } = await tasks.ask('', {
        templateRef: ref,
        values: parameters,
        secrets: token ? { USER_OAUTH_TOKEN: token } : {},
      });
      return tasks.follow(id);
    },
    /** Retries a task that failed. */
    async retry(id: string, token?: string): Promise<TaskResult> {
      const secrets = token ? { USER_OAUTH_TOKEN: token } : {};
      await tasks.ask(`/${id}/retry`, { secrets });
      return tasks.follow(id);
    },
    stop: () => backend.stop(),
  };
}

const listFeatures = (integrations: object) => [
  scaffolder,
  aws,
  dataLake,
  urlReaderServiceFactory,
  mockServices.permissions.factory({ result: 'ALLOW' as any }),
  createServiceFactory({
    service: coreServices.userInfo,
    deps: {},
    factory: () =>
      mockServices.userInfo({
        ownershipEntityRefs: ['group:default/data-engineering'],
      }),
  }),
  mockServices.rootConfig.factory({
    data: {
      integrations,
      scaffolder: {
        defaultAuthor: { name: 'Lake', email: 'lake@example.org' },
        // Gitea's official action would prefer it to ours
        defaultCommitMessage: 'configured',
      },
      auth: { providers: { github: {}, gitlab: {}, bitbucket: {} } },
    },
  }),
];

/** The tasks of a scaffolder, over its API. */
function createTasks(url: string) {
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.status === 200 || response.status === 201
      ? response.json().catch(() => undefined)
      : undefined;
  };

  async function follow(id: string): Promise<TaskResult> {
    for (;;) {
      const { status } = await ask(`/${id}`);
      if (status === 'completed' || status === 'failed') break;
      await sleep(50);
    }
    const events: any[] = await ask(`/${id}/events`);
    const last = events.filter(({ type }) => type === 'completion').pop();
    return {
      id,
      log: events.map(({ body }) => body.message).join('\n'),
      error: last.body.error?.message,
      output: last.body.output ?? {},
    };
  }

  return { ask, follow };
}

interface TaskResult {
  id: string;
  log: string;
  error?: string;
  output: any;
}

const toEntity = (ref: string, urls: Partial<Record<HostName, string>>) => {
  const host = ref.split('/').pop() as HostName;
  return (
    urls[host] && {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: host,
        namespace: 'default',
        annotations: {
          'backstage.io/source-location': `url:${urls[host]}`,
          'data-lake/environment-demo':
            'arn:aws:cloudformation:us-east-1:000000000000:stack/lake-demo-foundations',
        },
      },
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/data-engineering' },
      ],
    }
  );
};

/** The template with these steps only, after one that writes files. */
async function toTemplate(name: string, ids: string[], files: string) {
  const file = join(root, 'templates', name, 'template.yaml');
  const template = parse(await readFile(file, 'utf8'));
  const steps = template.spec.steps.filter((step: any) =>
    ids.includes(step.id),
  );
  if (steps.length !== ids.length) {
    throw new Error(`${name} has not all of the steps ${ids}`);
  }
  const outputs = Object.fromEntries(
    steps.map(({ id }: any) => [id, `\${{ steps.${id}.output }}`]),
  );
  return {
    ...template,
    spec: {
      ...template.spec,
      parameters: [],
      // what steps before would have found
      steps: [
        { id: 'check', action: 'test:write', input: { files } },
        { id: 'add', action: 'test:write', input: { files } },
        ...steps,
      ],
      output: outputs,
    },
  };
}

/** Writes files, and tells the entity, as the steps before would. */
const createTestActions = (entityRef: string) =>
  createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'test-actions',
    register(env) {
      env.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          actions.addActions(
            createTemplateAction({
              id: 'test:write',
              schema: {
                input: { files: z => z.string() },
                output: {
                  entityRef: z => z.string(),
                  annotation: z => z.string(),
                },
              },
              async handler(ctx) {
                const files = JSON.parse(ctx.input.files);
                for (const [path, text] of Object.entries(files)) {
                  const to = join(ctx.workspacePath, path);
                  await mkdir(dirname(to), { recursive: true });
                  await writeFile(to, String(text));
                }
                ctx.output('entityRef', entityRef);
                ctx.output('annotation', 'data-lake/environment-prod');
              },
            }),
          );
        },
      });
    },
  });
