import { symlink, utimes } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { collectFiles } from './collect';

const folder = createMockDirectory({
  content: {
    'project.yaml': 'p',
    dags: {
      'movielens.py': 'd',
      '.airflowignore': 'i',
      mwaalib: { 'emr.py': 'e', __pycache__: { 'emr.pyc': 'junk' } },
    },
    lambdas: { start: { 'handler.py': 'h' } },
    jobs: { movielens: { '__init__.py': '', 'marts.py': 'm' } },
  },
});

const collect = (options: Partial<Parameters<typeof collectFiles>[0]>) =>
  collectFiles({ source: folder.path, files: [], ...options });

describe('collectFiles', () => {
  it('leaves out a folder from the keys, and what tools left behind', async () => {
    const files = await collect({
      files: ['dags/**', 'project.yaml'],
      strip: 'dags',
    });
    expect(files.map(({ path }) => path)).toEqual([
      '.airflowignore',
      'movielens.py',
      'mwaalib/emr.py',
      'project.yaml',
    ]);
  });

  it('makes archives whose bytes depend on nothing but paths and contents', async () => {
    const archives = ['lambdas/start', 'jobs/movielens'];
    const first = await collect({ archives });
    await utimes(folder.resolve('lambdas/start/handler.py'), 1, 1);
    const timeZone = process.env.TZ;
    process.env.TZ = 'Asia/Kathmandu';
    const second = await collect({ archives });
    process.env.TZ = timeZone;
    expect(second).toEqual(first);
    // the same on every machine: a release's digest must not depend on who uploads
    expect(first[1].sha256).toBe(
      '820e19fc3a6a62c62fdbefe706b6cc874799cd9306dd4df99a315d7526b14410',
    );
    expect(first.map(({ path }) => path)).toEqual([
      'jobs/movielens.zip',
      'lambdas/start.zip',
    ]);
    const text = first.map(({ bytes }) => bytes.toString('latin1'));
    expect(text[0]).toContain('movielens/marts.py');
    expect(text[1]).toContain('handler.py');
    expect(text[1]).not.toContain('start/handler.py');
  });

  it.each([
    ['a path out of the source', { files: ['../**'] }, /without \.\./],
    ['an absolute path', { files: ['/etc/passwd'] }, /below the source/],
    ['an archive out of the source', { archives: ['../x'] }, /without \.\./],
    ['a pattern that matches nothing', { files: ['job/*'] }, /job\/\*/],
  ])('refuses %s', async (_what, options, message) => {
    await expect(collect(options)).rejects.toThrow(message);
  });

  it('refuses a symbolic link, to a file or a folder on the way', async () => {
    await symlink('/etc/passwd', folder.resolve('dags/passwd'));
    await expect(collect({ files: ['dags/**'] })).rejects.toThrow(
      /dags\/passwd is a symbolic link/,
    );
    await symlink('/etc', folder.resolve('etc'));
    await expect(collect({ files: ['etc/host*'] })).rejects.toThrow(
      /etc is a symbolic link/,
    );
    await expect(collect({ files: ['project.yaml'] })).resolves.toHaveLength(1);
  });
});
