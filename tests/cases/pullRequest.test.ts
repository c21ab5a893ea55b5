/**
 * Runs the steps of the template data-lake-environment that open a pull request, with the official actions of the
 * code hosts and fakes of their APIs, and checks the requests. For Bitbucket, git's own requests are stubbed.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  createFilesystemDeleteAction,
  createFilesystemRenameAction,
} from '@backstage/plugin-scaffolder-backend';
import {
  createPublishBitbucketCloudAction,
  createPublishBitbucketCloudPullRequestAction,
} from '@backstage/plugin-scaffolder-backend-module-bitbucket-cloud';
import {
  createPublishGithubAction,
  createPublishGithubPullRequestAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import {
  createPublishGitlabAction,
  createPublishGitlabMergeRequestAction,
} from '@backstage/plugin-scaffolder-backend-module-gitlab';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import * as git from 'isomorphic-git';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import { bitbucketCloud, github, gitlab, startCodeHost } from './codeHosts';
import { root } from './render';

jest.mock('isomorphic-git', () => {
  const actual = jest.requireActual('isomorphic-git');
  const mocked = { ...actual, clone: jest.fn(), push: jest.fn() };
  return { ...mocked, default: mocked };
});

const hosts: Awaited<ReturnType<typeof startCodeHost>>[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-lake-pull-request-'));
  await write('workspace', {
    'project/project.yaml': 'before',
    'project/jobs/main.py': 'main',
    'change/project.yaml': 'with prod\n',
    'change/catalog-info.yaml': 'annotated\n',
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(hosts.splice(0).map(host => host.close()));
  await rm(folder, { recursive: true, force: true });
});

async function write(below: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, below, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function start(answers: Parameters<typeof startCodeHost>[0]) {
  const host = await startCodeHost(answers);
  hosts.push(host);
  return host;
}

const change = {
  'project.yaml': 'with prod\n',
  'catalog-info.yaml': 'annotated\n',
};
const title = 'Add environment prod';
const branch = 'add-environment-prod';
const description =
  'Account 123456789012, region eu-west-1, MWAA environment lake';

interface Step {
  id: string;
  action: string;
  if?: string;
  input: Record<string, unknown>;
}

const readSteps = async (template: string): Promise<Step[]> =>
  parse(
    await readFile(join(root, 'templates', template, 'template.yaml'), 'utf8'),
  ).spec.steps;

/** Evaluates the expressions of these steps: names of parameters, secrets and outputs. */
function render(value: unknown, repoUrl: string): unknown {
  const values: Record<string, string> = {
    'parameters.environment': 'prod',
    'parameters.account': '123456789012',
    'parameters.region': 'eu-west-1',
    'parameters.mwaaEnvironment': 'lake',
    'parameters.name': 'lake',
    'parameters.description': 'A lake',
    'parameters.repoUrl': repoUrl,
    'secrets.USER_OAUTH_TOKEN': 'theirs',
    'steps.project.output.path': 'project',
  };
  return JSON.parse(
    JSON.stringify(value).replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name) => {
      if (!(name in values)) throw new Error(`No value for ${name}`);
      return values[name];
    }),
  );
}

/** The real actions, with the fakes as hosts. */
function toActions(integrations: object = {}) {
  const config = new ConfigReader({
    integrations,
    scaffolder: { defaultAuthor: { name: 'Lake', email: 'lake@example.org' } },
  });
  const options = { config, integrations: ScmIntegrations.fromConfig(config) };
  const githubOptions = {
    ...options,
    githubCredentialsProvider:
      DefaultGithubCredentialsProvider.fromIntegrations(options.integrations),
  };
  const actions: any[] = [
    createFilesystemDeleteAction(),
    createFilesystemRenameAction(),
    createPublishBitbucketCloudAction(options),
    createPublishBitbucketCloudPullRequestAction(options),
    createPublishGithubAction(githubOptions),
    createPublishGithubPullRequestAction(githubOptions),
    createPublishGitlabAction(options),
    createPublishGitlabMergeRequestAction(options),
  ];
  return new Map(actions.map(action => [action.id, action]));
}

const createTemporaryDirectory = () => mkdtemp(join(folder, 'temporary-'));

/** Runs the steps for a kind of repository as the scaffolder does. @returns their outputs */
async function runSteps(
  kind: string,
  repoUrl: string,
  integrations: object,
): Promise<Record<string, unknown>> {
  const actions = toActions(integrations);
  const outputs: Record<string, unknown> = {};
  const steps = await readSteps('data-lake-environment');
  for (const step of steps.filter(each => each.if?.includes(`"${kind}"`))) {
    const input = render(step.input, repoUrl) as any;
    const action = actions.get(step.action);
    expect(validate(input, action.schema.input).errors).toEqual([]);
    await action.handler({
      ...createMockActionContext({
        input,
        workspacePath: join(folder, 'workspace'),
      }),
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      createTemporaryDirectory,
    });
  }
  return outputs;
}

it('opens a pull request on GitHub with only the changed files', async () => {
  const host = await start(github);
  const outputs = await runSteps(
    'github',
    'github.example.org?owner=acme&repo=lake',
    { github: [{ host: 'github.example.org', apiBaseUrl: host.url }] },
  );

  const [{ tree, base_tree }] = host.bodiesOf(
    'POST',
    '/repos/acme/lake/git/trees',
  );
  expect(base_tree).toBe('base-tree');
  expect(tree.map(({ path }: { path: string }) => path).sort()).toEqual(
    Object.keys(change).sort(),
  );
  expect(
    host
      .bodiesOf('POST', '/repos/acme/lake/git/blobs')
      .map(({ content, encoding }) => Buffer.from(content, encoding).toString())
      .sort(),
  ).toEqual(Object.values(change).sort());
  expect(host.bodiesOf('POST', '/repos/acme/lake/git/refs')).toEqual([
    { ref: `refs/heads/${branch}`, sha: 'commit' },
  ]);
  expect(host.bodiesOf('POST', '/repos/acme/lake/pulls')).toEqual([
    expect.objectContaining({
      head: `acme:${branch}`,
      base: 'main',
      title,
      body: description,
    }),
  ]);
  expect(new Set(host.asked.map(({ token }) => token))).toEqual(
    new Set(['theirs']),
  );
  expect(outputs.remoteUrl).toBe('https://github/7');
});

it('opens a merge request on GitLab with only the changed files', async () => {
  const host = await start(gitlab);
  const outputs = await runSteps(
    'gitlab',
    `${host.host}?owner=acme&repo=lake`,
    {
      gitlab: [
        {
          host: host.host,
          baseUrl: host.url,
          apiBaseUrl: `${host.url}/api/v4`,
          token: 'ours',
        },
      ],
    },
  );

  const path = '/api/v4/projects/acme/lake';
  const [{ branch: to, commit_message, actions }] = host.bodiesOf(
    'POST',
    `${path}/repository/commits`,
  );
  expect([to, commit_message]).toEqual([branch, title]);
  expect(
    Object.fromEntries(
      actions.map((each: any) => {
        expect(each.action).toBe('update');
        return [
          each.file_path,
          Buffer.from(each.content, each.encoding).toString(),
        ];
      }),
    ),
  ).toEqual(change);
  expect(host.bodiesOf('POST', `${path}/merge_requests`)).toEqual([
    expect.objectContaining({
      source_branch: branch,
      target_branch: 'main',
      title,
      description,
    }),
  ]);
  expect(new Set(host.asked.map(({ token }) => token))).toEqual(
    new Set(['theirs']),
  );
  expect(outputs.mergeRequestUrl).toBe('https://gitlab/7');
});

it('opens a pull request on Bitbucket Cloud with only the changed files', async () => {
  const host = await start(bitbucketCloud);
  // its address is not configurable
  const real = globalThis.fetch;
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation((url, init) =>
      real(
        String(url).replace('https://api.bitbucket.org/', `${host.url}/`),
        init,
      ),
    );
  const pushed: Record<string, string> = {};
  jest.mocked(git.clone).mockImplementation(async ({ fs, dir, ref }) => {
    await git.init({ fs, dir: dir!, defaultBranch: ref });
    await write('repository', {
      'project.yaml': 'before',
      'catalog-info.yaml': 'before',
      'jobs/main.py': 'main',
    });
    await cp(join(folder, 'repository'), dir!, { recursive: true });
    await git.add({ fs, dir: dir!, filepath: '.' });
    const author = { name: 'before', email: 'before' };
    await git.commit({ fs, dir: dir!, message: 'before', author });
    await git.addRemote({ fs, dir: dir!, remote: 'origin', url: 'none' });
  });
  jest.mocked(git.push).mockImplementation(async ({ fs, dir }) => {
    for (const path of await git.listFiles({ fs, dir: dir!, ref: 'HEAD' })) {
      pushed[path] = await readFile(join(dir!, path), 'utf8');
    }
    return { ok: true } as any;
  });

  const outputs = await runSteps(
    'bitbucketCloud',
    'bitbucket.org?workspace=acme&project=DATA&repo=lake',
    {},
  );
  expect(pushed).toEqual({ ...change, 'jobs/main.py': 'main' });
  const path = '/2.0/repositories/acme/lake';
  expect(host.bodiesOf('POST', `${path}/refs/branches`)).toEqual([
    { name: branch, target: { hash: 'main' } },
  ]);
  expect(host.bodiesOf('POST', `${path}/pullrequests`)).toEqual([
    expect.objectContaining({
      title,
      summary: { raw: description },
      source: { branch: { name: branch } },
      destination: { branch: { name: 'main' } },
    }),
  ]);
  expect(outputs.pullRequestUrl).toBe('https://bitbucket/7');
});

it('passes valid input to the actions that publish a new repository', async () => {
  const actions = toActions();
  const steps = await readSteps('mwaa-data-lake');
  const publishing = steps.filter(({ action }) => actions.has(action));
  expect(publishing.map(({ action }) => action)).toEqual([
    'publish:github',
    'publish:gitlab',
    'publish:bitbucketCloud',
  ]);
  for (const { action, input } of publishing) {
    const given = render(input, 'github.com?owner=acme&repo=lake');
    expect(validate(given, actions.get(action).schema.input).errors).toEqual(
      [],
    );
  }
});
