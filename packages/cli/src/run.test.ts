import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { translateAwsError } from '@data-lake/aws';
import { openEnvironment } from './openEnvironment';
import { commandNames, optionTypes } from './options';
import { run } from './run';
import { version } from './version';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-run-'));
  await writeFile(join(folder, 'broken.yaml'), 'name: [');
});

afterAll(() => rm(folder, { recursive: true }));

type Act = Parameters<typeof run>[1]['act'];

/** Runs a command line, and keeps what it writes. */
async function call(
  argv: string[],
  act: Act = () => Promise.reject(new Error('does nothing')),
  signal = new AbortController().signal,
) {
  let stdout = '';
  let stderr = '';
  const code = await run(argv, {
    signal,
    out: text => void (stdout += text),
    log: text => void (stderr += text),
    act,
  });
  return { code, stdout, stderr };
}

/** Opens the project as the program does, which needs no AWS to fail. */
const open: Act = async (options, context) => {
  await openEnvironment(options, context);
  throw new Error('it is a project');
};

/** Each way to fail: a change of the arguments, or of what the command meets, and its exit code. */
const failures: [string, number, { args?: string[]; error?: () => unknown }][] =
  [
    ['an unknown option', 2, { args: ['--nope'] }],
    ['two environments', 2, { args: ['prod'] }],
    ['an option without its value', 2, { args: ['--project'] }],
    ['no project.yaml', 2, { args: ['--project', '/nowhere/project.yaml'] }],
    ['a broken project.yaml', 2, { args: ['--project', '<broken>'] }],
    ['wrong input', 2, { error: () => new InputError('why') }],
    ['a refusal', 3, { error: () => new NotAllowedError('why') }],
    ['a conflict', 3, { error: () => new ConflictError('why') }],
    ['something absent', 3, { error: () => new NotFoundError('why') }],
    [
      'expired credentials',
      3,
      {
        error: () =>
          translateAwsError(
            Object.assign(new Error('why'), { name: 'ExpiredToken' }),
            'x',
          ),
      },
    ],
    ['a failure of AWS', 1, { error: () => new Error('why') }],
    ['a value that is thrown', 1, { error: () => 'why' }],
  ];

describe.each(commandNames)('%s', command => {
  it.each(failures)(
    'prints one JSON object on stdout after %s, with exit code %s',
    async (_, code, { args = [], error }) => {
      const given = args.map(each =>
        each === '<broken>' ? join(folder, 'broken.yaml') : each,
      );
      const done = await call(
        [command, 'demo', '--format', 'json', ...given],
        error ? () => Promise.reject(error()) : open,
      );
      expect(done.code).toBe(code);
      expect(done.stdout).toMatch(/^\{.*\}\n$/);
      const failure = JSON.parse(done.stdout);
      expect(failure).toEqual({
        error: {
          name: expect.stringMatching(/^\w*Error$/),
          message: expect.stringMatching(/./),
        },
        exitCode: code,
      });
      expect(done.stderr).toContain(failure.error.message);
    },
  );

  it('prints a JSON object also when it is cancelled', async () => {
    const cancel = new AbortController();
    const done = await call(
      [command, 'demo', '--format=json'],
      async () => {
        cancel.abort();
        throw new Error('aborted');
      },
      cancel.signal,
    );
    expect(done.code).toBe(130);
    expect(JSON.parse(done.stdout)).toEqual({
      error: { name: 'AbortError', message: 'Cancelled' },
      exitCode: 130,
    });
  });

  it('masks the secrets in whatever it writes of a failure and of its progress', async () => {
    const secret = 'hunter2hunter2';
    for (const format of ['text', 'json', 'markdown']) {
      const { stdout, stderr } = await call(
        [command, 'demo', '--format', format],
        async (_options, { log }) => {
          log(`Event: password=${secret}`);
          throw new Error(`Refused: postgres://admin:${secret}@db/lake`);
        },
      );
      expect(stderr).toMatch(/^Event: password=\*+\nRefused: /);
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('prints a failure on stderr alone in the other formats', async () => {
    for (const format of ['text', 'markdown']) {
      const done = await call([command, 'demo', '--format', format], () =>
        Promise.reject(new InputError('why')),
      );
      expect(done).toEqual({ code: 2, stdout: '', stderr: 'why\n' });
    }
  });

  it.each(['-h', '--help'])('explains its options with %s', async flag => {
    const { code, stdout } = await call([command, flag]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: data-lake ${command} <environment>`);
    for (const [name, { of }] of Object.entries(optionTypes)) {
      const isOf = (of as readonly string[]).includes(command);
      expect([name, new RegExp(`^  --${name} `, 'm').test(stdout)]).toEqual([
        name,
        isOf,
      ]);
    }
  });
});

describe('a project.yaml', () => {
  const skeleton = join(__dirname, '../../../skeleton/project.yaml');

  it.each(
    commandNames.flatMap(command => [
      [
        command,
        'schedule: null',
        'schedule: "0 25 * * *"',
        'schedule: must be a cron expression of five fields',
      ],
      [
        command,
        'dataBucket: ""',
        'dataBucket: ""\n    emr: { subnetID: subnet-1 }',
        'environments.0.emr: unknown key subnetID, did you mean subnetId?',
      ],
    ]),
  )('with a fault stops %s: %s → %s', async (command, from, to, problem) => {
    const file = join(folder, 'faulty.yaml');
    const good = await readFile(skeleton, 'utf8');
    await writeFile(file, good.replace(from, to));
    const argv = [command, 'demo', '--project', file];
    const { code, stderr } = await call(argv, open);
    expect(code).toBe(2);
    expect(stderr).toContain(`project.yaml is invalid: ${problem}`);
  });
});

describe('data-lake', () => {
  it.each(['-h', '--help'])('explains all commands with %s', async flag => {
    const { code, stdout } = await call([flag]);
    expect(code).toBe(0);
    for (const command of commandNames) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
    for (const name of Object.keys(optionTypes)) {
      expect(stdout).toMatch(new RegExp(`^  --${name} `, 'm'));
    }
  });

  it('prints its version', async () => {
    expect(await call(['--version'])).toEqual({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('explains itself, and fails, without a command', async () => {
    const { code, stderr } = await call([]);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: data-lake <command>');
  });

  it('takes no secret on the command line, where all users of a machine see it', () => {
    const secret = /secret|token|password|key|credential/i;
    for (const [name, { help }] of Object.entries(optionTypes)) {
      expect(`${name} ${help}`).not.toMatch(secret);
    }
  });
});
