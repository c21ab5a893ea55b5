import { randomBytes } from 'node:crypto';
import { rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { collectFiles } from './collectFiles';
import { sha256 } from '@data-lake/aws';
import { PartReader, readContent } from './fileContent';
import { partSize } from './uploadFile';

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
    const text = first.map(({ content }) =>
      (content as { bytes: Buffer }).bytes.toString('latin1'),
    );
    expect(text[0]).toContain('movielens/marts.py');
    expect(text[1]).toContain('handler.py');
    expect(text[1]).not.toContain('start/handler.py');
  });

  it('leaves out what is to be ignored', async () => {
    const files = await collect({
      files: ['dags/**'],
      ignore: ['**/.airflowignore', 'dags/mwaalib'],
    });
    expect(files.map(({ path }) => path)).toEqual(['dags/movielens.py']);
  });

  it('takes names as they are, and refuses those that S3 cannot list', async () => {
    const names = ['A.py', 'a.py', '\u00e9.py', 'e\u0301.py', ' #?&=+%.py'];
    for (const name of [...names, '__proto__']) {
      await writeFile(folder.resolve(`lambdas/${name}`), name);
    }
    const files = await collect({ files: ['lambdas/*'] });
    expect(files.map(({ path }) => path.slice('lambdas/'.length))).toEqual(
      [...names, '__proto__'].sort(),
    );
    for (const name of ['a\nb', 'a\u0007', Buffer.from([0x61, 0xff])]) {
      const path = Buffer.concat([
        Buffer.from(`${folder.resolve('jobs')}/`),
        Buffer.from(name as string),
      ]);
      await writeFile(path, 'x');
      await expect(collect({ files: ['jobs/*'] })).rejects.toThrow(
        /cannot list/,
      );
      await rm(path);
    }
    await writeFile(folder.resolve('.s3-sync-manifest.json'), '{}');
    await expect(collect({ files: ['*'] })).rejects.toThrow(/manifest/);
    await rm(folder.resolve('.s3-sync-manifest.json'));
  });

  it('reads a large file in parts, and notices when it changes', async () => {
    const bytes = randomBytes(2 * partSize + 3);
    const path = folder.resolve('large.jar');
    await writeFile(path, bytes);
    const [file] = await collect({ files: ['large.jar'] });
    expect(file).toMatchObject({ sha256: sha256(bytes), size: bytes.length });
    const read = () => {
      const reader = new PartReader(file);
      const parts = Array.from({ length: reader.count }, () => reader.next());
      reader.assertUnchanged();
      return parts;
    };
    const parts = read();
    expect(parts.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(Buffer.concat(parts.map(part => part.bytes)).equals(bytes)).toBe(
      true,
    );
    bytes[partSize] += 1;
    await writeFile(path, bytes);
    expect(read).toThrow(/changed during/);
    await writeFile(path, bytes.subarray(0, partSize + 1));
    expect(read).toThrow(/changed during/);
    await rm(path);
  });

  it('hashes files side by side, and notices when a small one changes', async () => {
    const contents = [1, 2, 3].map(i => randomBytes(i * 700_000));
    const names = contents.map((_, i) => `lambdas/side${i}`);
    for (const [i, name] of names.entries()) {
      await writeFile(folder.resolve(name), contents[i]);
    }
    const each = await Promise.all(
      names.map(name => collect({ files: [name] })),
    );
    const files = each.flat();
    expect(files.map(file => file.sha256)).toEqual(contents.map(sha256));
    expect(readContent(files[0]).equals(contents[0])).toBe(true);
    await writeFile(folder.resolve(names[0]), 'x');
    expect(() => readContent(files[0])).toThrow(/changed during/);
    for (const name of names) await rm(folder.resolve(name));
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

  it('refuses an archive of a folder that is a link, or lies behind one', async () => {
    const outside = createMockDirectory({ content: { own: { secret: 's' } } });
    await symlink(outside.resolve('own'), folder.resolve('lambdas/linked'));
    await symlink(outside.path, folder.resolve('behind'));
    for (const archive of ['lambdas/linked', 'behind/own', 'behind/own/']) {
      await expect(collect({ archives: [archive] })).rejects.toThrow(
        /is a symbolic link; only files and folders are read/,
      );
    }
  });
});
