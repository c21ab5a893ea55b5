/**
 * Runs the template's own steps for a new repository, by the official action of each type of host, against
 * stand-ins with real Git: new, again after a failure, beside a foreign one, and with tokens that lack something.
 */
import { Forge } from './Forge';
import { integrations, startHosts } from './hosts';
import { HostName, project, startScaffolder } from './scaffolder';

/** What a host of a type is asked with, and refuses. */
interface Case {
  repoUrl: string;
  /** In the forge. */
  repository: string;
  remoteUrl: string;
  repoContentsUrl: string;
  catalogInfoUrl: string;
  /** Enough to publish. */
  scopes: string[];
  /** A token that is not enough, and what is said about it. */
  lacking: { scopes: string[]; said: RegExp };
  /** Whether the person's own token is used. */
  takesToken: boolean;
}

const cases: Record<HostName, Case> = {
  github: {
    repoUrl: 'github.com?owner=acme&repo=lake',
    repository: 'acme/lake',
    remoteUrl: 'https://github.com/acme/lake.git',
    repoContentsUrl: 'https://github.com/acme/lake/blob/main',
    catalogInfoUrl: 'https://github.com/acme/lake/blob/main/catalog-info.yaml',
    scopes: ['repo', 'workflow'],
    lacking: {
      scopes: ['repo'],
      said: /lacks the scope workflow; it has repo/,
    },
    takesToken: true,
  },
  gitlab: {
    repoUrl: 'gitlab.com?owner=acme&repo=lake',
    repository: 'acme/lake',
    remoteUrl: 'https://gitlab.com/acme/lake.git',
    repoContentsUrl: 'https://gitlab.com/acme/lake/-/blob/main',
    catalogInfoUrl:
      'https://gitlab.com/acme/lake/-/blob/main/catalog-info.yaml',
    scopes: ['api'],
    lacking: { scopes: ['read_api'], said: /needs the scope api/ },
    takesToken: true,
  },
  bitbucketCloud: {
    repoUrl: 'bitbucket.org?workspace=acme&project=DATA&repo=lake',
    repository: 'acme/lake',
    remoteUrl: 'https://bitbucket.org/acme/lake.git',
    repoContentsUrl: 'https://bitbucket.org/acme/lake/src/main',
    catalogInfoUrl:
      'https://bitbucket.org/acme/lake/src/main/catalog-info.yaml',
    scopes: ['repository:admin'],
    lacking: {
      scopes: ['repository'],
      said: /lack one or more required privilege scopes.*needs the scopes repository:write, repository:admin/s,
    },
    takesToken: true,
  },
  azure: {
    repoUrl: 'dev.azure.com?organization=acme&project=data&repo=lake',
    repository: 'acme/data/lake',
    remoteUrl: 'https://dev.azure.com/acme/data/_git/lake',
    repoContentsUrl: 'https://dev.azure.com/acme/data/_git/lake',
    catalogInfoUrl:
      'https://dev.azure.com/acme/data/_git/lake?path=/catalog-info.yaml',
    scopes: ['code_manage'],
    lacking: {
      scopes: ['code'],
      said: /TF401027.*needs the scope Code \(read, write & manage\)/s,
    },
    takesToken: true,
  },
  gitea: {
    repoUrl: 'gitea.example.com?owner=acme&repo=lake',
    repository: 'acme/lake',
    remoteUrl: 'https://gitea.example.com/acme/lake.git',
    repoContentsUrl: 'https://gitea.example.com/acme/lake/src/branch/main',
    catalogInfoUrl:
      'https://gitea.example.com/acme/lake/src/branch/main/catalog-info.yaml',
    scopes: ['create'],
    lacking: {
      scopes: ['read'],
      said: /not allowed to create repository.*Backstage's own credential for gitea.example.com \(integrations\) needs to be an account/s,
    },
    takesToken: false,
  },
};

const files = JSON.stringify(
  Object.fromEntries(
    Object.entries(project).map(([path, text]) => [`project/${path}`, text]),
  ),
);

let hosts: Awaited<ReturnType<typeof startHosts>>;
let forge: Forge;
let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

beforeAll(async () => {
  hosts = await startHosts();
  forge = hosts.forge;
  scaffolder = await startScaffolder(integrations);
});
beforeEach(async () => {
  await forge.reset();
  scaffolder.catalog.addLocation.mockClear();
});
afterEach(() => forge.assertNoFaults());
afterAll(async () => {
  await scaffolder?.stop();
  await hosts?.stop();
});

const steps = ['publish', 'register', 'protect'];

describe.each(Object.entries(cases))('%s', (name, host) => {
  const { repository, lacking, takesToken } = host;

  /** The person's token, and that of the integration, which reads. */
  const give = (scopes: string[]) => {
    if (takesToken) forge.tokens.set('theirs', scopes);
    forge.tokens.set('ours', takesToken ? ['repo', 'read'] : scopes);
  };
  const run = (ids = steps) =>
    scaffolder.run('mwaa-data-lake', ids, {
      files,
      token: 'theirs',
      parameters: {
        name: 'lake',
        description: 'A lake',
        repoUrl: host.repoUrl,
      },
    });

  it('publishes a new repository, registers what it read back, and protects it', async () => {
    give(host.scopes);
    const { error, output, id } = await run();
    expect(error).toBe(undefined);
    expect(output.publish).toEqual({
      remoteUrl: host.remoteUrl,
      repoContentsUrl: host.repoContentsUrl,
      catalogInfoUrl: host.catalogInfoUrl,
    });
    expect(await forge.files(repository)).toEqual(Object.keys(project).sort());
    const log = await forge.log(repository);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatch(/^Create lake from the template MWAA data lake/);
    expect(log[0]).toContain(`Backstage-Task: ${id}`);
    expect(scaffolder.catalog.addLocation).toHaveBeenCalledWith(
      { type: 'url', target: host.catalogInfoUrl },
      expect.anything(),
    );
    expect(output.protect).toEqual({ isProtected: true, reason: '' });
    expect([...forge.isProtected]).toEqual([repository]);
  });

  it('changes with the person’s token, and reads with Backstage’s own', async () => {
    give(host.scopes);
    await run();
    const changing = forge.requests.filter(({ request }) =>
      /^(POST|PUT)/.test(request),
    );
    const reading = forge.requests.filter(({ request }) =>
      /catalog-info|\/items$/.test(request),
    );
    expect(changing.length).toBeGreaterThan(1);
    expect(new Set(changing.map(({ token }) => token))).toEqual(
      new Set([takesToken ? 'theirs' : 'ours']),
    );
    expect(reading.map(({ token }) => token)).toEqual(['ours']);
  });

  it('fills the repository that a failed try left empty', async () => {
    give(host.scopes);
    forge.failingPushes = 9;
    const first = await run();
    expect(first.error).toMatch(/403/);
    expect(forge.has(repository)).toBe(true);
    forge.failingPushes = 0;
    const second = await scaffolder.retry(first.id, 'theirs');
    expect(second.error).toBe(undefined);
    expect(await forge.files(repository)).toEqual(Object.keys(project).sort());
    expect(await forge.log(repository)).toHaveLength(1);
  });

  it('leaves what it has published alone, also after a commit of the team', async () => {
    give(host.scopes);
    scaffolder.catalog.addLocation.mockRejectedValueOnce(new Error('down'));
    const first = await run();
    expect(first.error).toMatch(
      /does not register .* down.*catalog.location.create/s,
    );
    const second = await scaffolder.retry(first.id, 'theirs');
    expect(second.error).toBe(undefined);
    expect(second.log).toMatch(/is published already, by this task/);
    expect(await forge.log(repository)).toHaveLength(1);
  });

  it('registers once, and lets a second time be', async () => {
    give(host.scopes);
    const conflict = Object.assign(new Error('exists'), {
      name: 'ConflictError',
    });
    scaffolder.catalog.addLocation.mockRejectedValueOnce(conflict);
    expect((await run()).error).toBe(undefined);
  });

  it.each(['with commits', 'empty'])(
    'refuses a foreign repository that is %s',
    async what => {
      give(host.scopes);
      await (what === 'empty'
        ? forge.add(repository)
        : forge.addForeign(repository));
      const { error, id } = await run();
      expect(error).toMatch(/exists already, .*: choose another name/);
      expect((await scaffolder.retry(id, 'theirs')).error).toBe(error);
      expect(scaffolder.catalog.addLocation).not.toHaveBeenCalled();
      const commits = what === 'empty' ? [] : ['mine'];
      expect(await forge.log(repository, '--all')).toEqual(commits);
    },
  );

  it('makes a repository anew that was deleted after a failed try', async () => {
    give(host.scopes);
    forge.failingPushes = 9;
    const first = await run();
    const { tokens } = forge;
    const kept = new Map(tokens);
    await forge.reset();
    kept.forEach((scopes, token) => tokens.set(token, scopes));
    expect((await scaffolder.retry(first.id, 'theirs')).error).toBe(undefined);
    expect(await forge.log(repository)).toHaveLength(1);
  });

  it('says which token lacks what, before anything is registered', async () => {
    give(lacking.scopes);
    const { error } = await run();
    expect(error).toMatch(lacking.said);
    expect(error).toContain(
      takesToken
        ? ` for ${host.repoUrl.split('?')[0]} needs`
        : "Backstage's own credential for",
    );
    expect(forge.has(repository)).toBe(false);
    expect(scaffolder.catalog.addLocation).not.toHaveBeenCalled();
  });

  it('says that a token is not known', async () => {
    give(host.scopes);
    forge.tokens.delete(takesToken ? 'theirs' : 'ours');
    const { error } = await run();
    expect(error).toMatch(/401|not accepted/);
    expect(error).toMatch(/ needs /);
  });

  it('says why the branch is not protected, and goes on', async () => {
    give(host.scopes);
    forge.refusesProtection = true;
    const { error, output } = await run();
    expect(error).toBe(undefined);
    expect(output.protect.isProtected).toBe(false);
    expect(output.protect.reason).toMatch(/403/);
  });

  if (name === 'gitea') return;
  it('says that Backstage’s own credential cannot read, and goes on once it can', async () => {
    give(host.scopes);
    forge.tokens.delete('ours');
    const first = await run();
    expect(first.error).toMatch(
      /is published, but Backstage's own credential for .* cannot read .*It needs/s,
    );
    expect(scaffolder.catalog.addLocation).not.toHaveBeenCalled();
    forge.tokens.set('ours', ['repo', 'read']);
    expect((await scaffolder.retry(first.id, 'theirs')).error).toBe(undefined);
  });
});

it('says what a fine-grained token of GitHub lacks, which names no scopes', async () => {
  forge.tokens.set('theirs', ['fine-grained', 'no-create']);
  const { error } = await scaffolder.run('mwaa-data-lake', ['publish'], {
    files,
    token: 'theirs',
    parameters: {
      name: 'lake',
      description: 'A lake',
      repoUrl: cases.github.repoUrl,
    },
  });
  expect(error).toMatch(/not accessible by personal access/);
  expect(error).toMatch(/ for github.com needs .*Workflows: write/);
});
