/**
 * The templates' own steps for repositories at a real Gitea: publish, read back by Backstage's own reader, register,
 * protect, propose a change.
 */
import { project, startScaffolder } from '../cases/codeHosts/scaffolder';
import { account, Gitea } from './Gitea';

jest.setTimeout(120_000);

let gitea: Gitea;
let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

beforeAll(async () => {
  gitea = await Gitea.start();
  scaffolder = await startScaffolder(
    { gitea: [{ host: gitea.host, baseUrl: gitea.url, ...account }] },
    { gitea: `${gitea.url}/acme/lake/src/branch/main/` },
  );
});
afterAll(async () => {
  await scaffolder?.stop();
  await gitea?.stop();
});

const publish = (repo: string) =>
  scaffolder.run('mwaa-data-lake', ['publish', 'register', 'protect'], {
    files: JSON.stringify(
      Object.fromEntries(
        Object.entries(project).map(([path, text]) => [
          `project/${path}`,
          text,
        ]),
      ),
    ),
    parameters: {
      name: repo,
      description: 'A lake',
      repoUrl: `${gitea.host}?owner=acme&repo=${repo}`,
    },
  });

const listFiles = async (repo: string, branch = 'main') => {
  const { tree } = await gitea.api(
    'GET',
    `/repos/acme/${repo}/git/trees/${branch}?recursive=true`,
  );
  return tree
    .filter(({ type }: any) => type === 'blob')
    .map(({ path }: any) => path)
    .sort();
};

const propose = (text: string) =>
  scaffolder.run('data-lake-environment', ['change'], {
    files: JSON.stringify({ 'change/catalog-info.yaml': text }),
    parameters: {
      entityRef: 'component:default/gitea',
      environment: 'prod',
      account: '123456789012',
      region: 'eu-west-1',
      mwaaEnvironment: 'lake',
    },
  });

it('publishes a private repository once, reads it back, registers and protects it', async () => {
  // the catalog is down at first
  scaffolder.catalog.addLocation.mockRejectedValueOnce(new Error('down'));
  const first = await publish('lake');
  expect(first.error).toMatch(/does not register .* down/);
  const { error, output, log } = await scaffolder.retry(first.id);
  expect(error).toBe(undefined);
  expect(log).toMatch(/is published already, by this task/);
  const page = `${gitea.url}/acme/lake`;
  expect(output.publish).toEqual({
    remoteUrl: `${page}.git`,
    repoContentsUrl: `${page}/src/branch/main`,
    catalogInfoUrl: `${page}/src/branch/main/catalog-info.yaml`,
  });
  expect(output.protect).toEqual({ isProtected: true, reason: '' });
  expect(await gitea.api('GET', '/repos/acme/lake')).toMatchObject({
    private: true,
    description: 'A lake',
    default_branch: 'main',
  });
  expect(await listFiles('lake')).toEqual(Object.keys(project).sort());
  expect(await gitea.api('GET', '/repos/acme/lake/commits')).toHaveLength(1);
  expect(
    await gitea.api('GET', '/repos/acme/lake/branch_protections/main'),
  ).toMatchObject({ enable_push: false, required_approvals: 1 });
});

it('refuses a repository of somebody else, and changes nothing there', async () => {
  await gitea.api('POST', '/orgs/acme/repos', {
    name: 'theirs',
    auto_init: true,
  });
  await gitea.api('POST', '/orgs/acme/repos', { name: 'empty' });
  expect((await publish('theirs')).error).toMatch(
    /exists already, with commits/,
  );
  expect((await publish('empty')).error).toMatch(/exists already, empty/);
  expect(await listFiles('theirs')).toEqual(['README.md']);
});

it('says what an account lacks', async () => {
  const { error } = await scaffolder.run('mwaa-data-lake', ['publish'], {
    files: JSON.stringify({ 'project/a': 'a' }),
    parameters: {
      name: 'lake',
      description: 'A lake',
      repoUrl: `${gitea.host}?owner=nobody&repo=lake`,
    },
  });
  expect(error).toMatch(/Organization nobody do not exist/);
});

it('opens a pull request against the protected branch, and brings it up to date', async () => {
  const first = await propose('kind: Component # prod\n');
  expect(first.error).toBe(undefined);
  const { url } = first.output.change;
  expect(url).toBe(`${gitea.url}/acme/lake/pulls/1`);
  const second = await propose('kind: Component # production\n');
  expect(second.output.change).toEqual({ url });
  const pulls = await gitea.api('GET', '/repos/acme/lake/pulls?state=open');
  expect(pulls).toMatchObject([
    {
      title: 'Add environment prod',
      base: { ref: 'main' },
      head: { ref: 'add-environment-prod' },
    },
  ]);
  const changed = await gitea.api('GET', '/repos/acme/lake/pulls/1/files');
  expect(changed).toMatchObject([{ filename: 'catalog-info.yaml' }]);
  const file = await gitea.api(
    'GET',
    '/repos/acme/lake/contents/catalog-info.yaml?ref=add-environment-prod',
  );
  expect(Buffer.from(file.content, 'base64').toString()).toBe(
    'kind: Component # production\n',
  );
});
