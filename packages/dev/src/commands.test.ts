import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const dev = resolve(__dirname, '..');

/** Loads each file given, and prints its name. */
const loadAll = `
  for (const file of process.argv.slice(1)) {
    await import('./' + file).catch(error => {
      throw new Error(file + ': ' + error.message);
    });
    console.log(file);
  }`;

/** main.ts runs a command; tests and the benchmarks' compiled scripts are loaded by no command. */
const isLoaded = (file: string) =>
  file.endsWith('.ts') &&
  !/^main\.ts$|\.test\.ts$|^bench\/(clients|\w+\/ours)\.ts$/.test(file);

describe('the commands, in a copy without node_modules,', () => {
  let clone: string;
  beforeAll(() => {
    clone = mkdtempSync(join(tmpdir(), 'bare-clone-'));
    cpSync(dev, join(clone, 'packages/dev'), {
      recursive: true,
      filter: source => !source.endsWith('node_modules'),
    });
  });
  afterAll(() => rmSync(clone, { recursive: true }));

  it('load, and so does all that they load later, before packages are installed', () => {
    const source = join(clone, 'packages/dev/src');
    const files = readdirSync(source, { encoding: 'utf8', recursive: true })
      .filter(isLoaded)
      .sort();
    const output = execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module'].concat(
        ['--eval', loadAll, '--'],
        files,
      ),
      { cwd: source, encoding: 'utf8', env: { PATH: process.env.PATH } },
    );
    expect(output.trim().split('\n')).toEqual(files);
    expect(files).toContain('commands/test.ts');
    expect(files).toContain('bench/deploy.ts');
  }, 60_000);
});
