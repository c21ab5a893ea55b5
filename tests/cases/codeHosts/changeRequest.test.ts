/**
 * Runs the template's own step that proposes an environment, at each type of host, against stand-ins with real
 * Git: new, again, and with a token that lacks something.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integrations, startHosts } from './hosts';
import { HostName, project, startScaffolder } from './scaffolder';

const repositories: Record<HostName, { path: string; url: string }> = {
  github: { path: 'acme/lake', url: 'https://github.com/acme/lake/pull/1' },
  gitlab: {
    path: 'acme/lake',
    url: 'https://gitlab.com/acme/lake/-/merge_requests/1',
  },
  bitbucketCloud: {
    path: 'acme/lake',
    url: 'https://bitbucket.org/acme/lake/pull-requests/1',
  },
  azure: {
    path: 'acme/data/lake',
    url: 'https://dev.azure.com/acme/data/_git/lake/pullrequest/1',
  },
  gitea: {
    path: 'acme/lake',
    url: 'https://gitea.example.com/acme/lake/pulls/1',
  },
};

const branch = 'add-environment-prod';
const change = {
  'catalog-info.yaml': 'kind: Component # prod\n',
  'project.yaml': 'prod\n',
};

let hosts: Awaited<ReturnType<typeof startHosts>>;
let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

beforeAll(async () => {
  hosts = await startHosts();
  scaffolder = await startScaffolder(integrations);
});
beforeEach(() => hosts.forge.reset());
afterEach(() => hosts.forge.assertNoFaults());
afterAll(async () => {
  await scaffolder?.stop();
  await hosts?.stop();
});

describe.each(Object.entries(repositories))('%s', (name, { path, url }) => {
  const takesToken = name !== 'gitea';

  beforeEach(async () => {
    const { forge } = hosts;
    forge.tokens.set(takesToken ? 'theirs' : 'ours', ['api', 'repo']);
    await forge.add(path);
    await pushProject(forge.toFolder(path));
  });

  const run = (files: object = change) =>
    scaffolder.run('data-lake-environment', ['change'], {
      files: JSON.stringify(
        Object.fromEntries(
          Object.entries(files).map(([file, text]) => [`change/${file}`, text]),
        ),
      ),
      token: 'theirs',
      parameters: {
        entityRef: `component:default/${name}`,
        environment: 'prod',
        account: '123456789012',
        region: 'eu-west-1',
        mwaaEnvironment: 'lake',
      },
    });

  it('opens a change request with only the changed files', async () => {
    const { forge } = hosts;
    const { error, output } = await run();
    expect(error).toBe(undefined);
    expect(output.change).toEqual({ url });
    expect(forge.changes).toEqual([
      {
        repository: path,
        branch,
        target: 'main',
        title: 'Add environment prod',
        url,
      },
    ]);
    expect(await forge.log(path, branch)).toEqual([
      'Add environment prod',
      'first',
    ]);
    expect(await forge.files(path, branch)).toEqual(
      [...Object.keys(project), 'project.yaml'].sort(),
    );
    for (const [file, text] of Object.entries(change)) {
      expect(await forge.show(path, file, branch)).toBe(text);
    }
    expect(await forge.log(path)).toEqual(['first']);
    expect(
      new Set(forge.requests.map(({ token }) => token).filter(Boolean)),
    ).toEqual(new Set([takesToken ? 'theirs' : 'ours']));
  });

  it('brings the open one up to date', async () => {
    const { forge } = hosts;
    await run();
    const { error, output } = await run({ ...change, 'project.yaml': 'new\n' });
    expect(error).toBe(undefined);
    expect(output.change).toEqual({ url });
    expect(forge.changes).toHaveLength(1);
    expect(await forge.log(path, branch)).toHaveLength(2);
    expect(await forge.show(path, 'project.yaml', branch)).toBe('new\n');
  });

  it('opens none if the main branch has the files already', async () => {
    const file = 'catalog-info.yaml' as const;
    const { error, output } = await run({ [file]: project[file] });
    expect(error).toBe(undefined);
    expect(output.change).toEqual({ url: '' });
    expect(hosts.forge.changes).toEqual([]);
  });

  it('says which token is not accepted', async () => {
    hosts.forge.tokens.clear();
    const { error } = await run();
    expect(error).toMatch(/Cannot open a change request in .*401/);
    expect(error).toMatch(
      takesToken ? /Your .* needs/ : /Backstage's own credential .* needs/,
    );
  });
});

/** Pushes the project as the first commit of a repository. */
async function pushProject(repository: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'data-lake-first-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  for (const [path, text] of Object.entries(project)) {
    execFileSync('mkdir', ['-p', join(folder, path, '..')]);
    await writeFile(join(folder, path), text);
  }
  git('add', '.');
  git(
    '-c',
    'user.name=x',
    '-c',
    'user.email=x@localhost',
    'commit',
    '-qm',
    'first',
  );
  git('push', '-q', repository, 'main');
  await rm(folder, { recursive: true });
}
