import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installAwsCli, installCdk } from '../bench/peers.ts';
import { localAwsClient, localEnvironment } from '../environment.ts';
import { waitForAll } from '../localAws.ts';
import { fail, say, sayDone, seconds, UserError } from '../output.ts';
import { local, root, yarn } from '../paths.ts';
import { logPath, run, runForCode, stopAll, tails } from '../processes.ts';
import { checkMachine, installPackages } from '../setup.ts';
import {
  add,
  nothing,
  readJestReport,
  readJunitReport,
  readPlaywrightReport,
  type Report,
} from '../reports.ts';
import { render } from './render.ts';
import { startAll } from './start.ts';

/** Sets up everything and runs all tests, or the named parts. Ends with `N passed, N failed`. */
export async function test(names: string[]): Promise<void> {
  const unknown = names.find(name => !(name in parts));
  if (unknown) {
    fail(
      `There is no part ${unknown}; the parts are: ${Object.keys(parts).join(
        ', ',
      )}`,
    );
  }
  await checkMachine();
  await installPackages();
  // A report of an earlier run must not speak for one that did not get so far.
  await rm(reports, { recursive: true, force: true });
  await mkdir(join(reports, 'skeleton'), { recursive: true });

  let total = nothing;
  const broken: string[] = [];
  for (const name of names.length ? names : Object.keys(parts)) {
    const start = Date.now();
    say(`Tests: ${name}`);
    try {
      const counts = await runPart(name);
      total = add(total, counts);
      const line = `${name}: ${counts.passed} passed, ${
        counts.failed
      } failed in ${seconds(start)}`;
      if (counts.failed > 0 || counts.passed === 0) {
        broken.push(name);
        console.error(`✘ ${line}\n${await tails(`tests ${name}`)}`);
      } else {
        sayDone(line);
      }
    } catch (error) {
      // A part that could not run counts as one failure: never silently none.
      const why =
        error instanceof UserError ? error.message : (error as Error).stack;
      const failures = [`${name}: ${why?.split('\n')[0]}`];
      total = add(total, { passed: 0, failed: 1, failures });
      broken.push(name);
      console.error(`✘ ${name}: ${why}`);
    }
  }
  await stopAll();
  if (broken.length > 0) {
    console.error(
      `Failed: ${broken
        .map(name => `${name} (${logPath(`tests ${name}`)})`)
        .join(', ')}`,
    );
    process.exitCode = 1;
  }
  // Last, so that whoever sees the end alone sees all that failed.
  total.failures.forEach(failure => console.error(`✘ ${failure}`));
  console.log(`${total.passed} passed, ${total.failed} failed`);
}

/** The parts that this command has run already. */
const done = new Set<string>();

function runPart(name: string): Promise<Report> {
  done.add(name);
  return parts[name]();
}

const reports = join(local, 'reports');

const report = (name: string) => join(reports, name);

const parts: Record<string, () => Promise<Report>> = {
  unit: async () => {
    await runForCode({
      name: 'tests unit',
      command: process.execPath,
      args: [
        yarn,
        'backstage-cli',
        'repo',
        'test',
        '--json',
        `--outputFile=${report('unit.json')}`,
      ],
      env: { ...process.env, CI: 'true' },
    });
    return readJestReport(report('unit.json'));
  },

  'local-aws': async () => {
    await runForCode({
      name: 'tests local-aws',
      command: 'python3',
      args: [
        '-m',
        'local_aws',
        'test',
        `--junitxml=${report('local-aws.xml')}`,
      ],
      env: localEnvironment(),
    });
    return readJunitReport(report('local-aws.xml'));
  },

  skeleton: async () => {
    // Outside the repository and by another name, as whoever got it from the template has it.
    const folder = await mkdtemp(join(tmpdir(), 'data-lake-project-'));
    try {
      await render(['observability', folder]);
      await testProject(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
    return ['jobs.xml', 'dags.xml', 'infra.xml']
      .map(file => readJunitReport(join(report('skeleton'), file)))
      .reduce(add);
  },

  cases: async () => {
    await setUpSkeleton();
    await installAirflows();
    return runJest('cases', {
      ...localEnvironment(),
      // What the scaffolder's templating needs.
      NODE_OPTIONS: '--no-node-snapshot',
    });
  },

  integration: async () => {
    await setUpSkeleton();
    const tools = { AWS_CLI: await installAwsCli(), CDK: await installCdk() };
    await startForTests();
    return runJest('integration', {
      ...localEnvironment(),
      ...localAwsClient,
      ...tools,
    });
  },

  e2e: async () => {
    await startForTests();
    await runForCode({
      name: 'tests e2e',
      command: process.execPath,
      args: [yarn, 'workspace', 'tests', 'playwright', 'test'],
      env: {
        ...localEnvironment(),
        ...localAwsClient,
        CHROMIUM: findChromium(),
        PLAYWRIGHT_JSON_OUTPUT_NAME: report('e2e.json'),
      },
    });
    return readPlaywrightReport(report('e2e.json'));
  },

  runs: async () => {
    await setUpSkeleton();
    await startForTests();
    const env = {
      ...localEnvironment(),
      ...localAwsClient,
      // What the scaffolder's templating needs.
      NODE_OPTIONS: '--no-node-snapshot',
    };
    // A run waits more than it works: each file has a project of its own, and they run side by side.
    return runJest('runs', env, { workers: 3 });
  },

  permissions: async () => {
    // It judges what whole runs have called, so these come first.
    const others: Report[] = [];
    for (const name of ['e2e', 'runs'].filter(part => !done.has(part))) {
      others.push(await runPart(name));
    }
    const env = { ...localEnvironment(), ...localAwsClient };
    return others.reduce(add, await runJest('permissions', env));
  },
};

/** What the README of a rendered project names, in a repository of its own; nothing of it may need ours. */
async function testProject(folder: string): Promise<void> {
  const ours =
    /^((AWS|LOCAL_AWS|BACKSTAGE|DATA_LAKE)_|(NODE_ENV|NODE_OPTIONS|PYTHONPATH)$)/;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.test(name)),
  );
  const project = { cwd: folder, env };
  const git = (...args: string[]) =>
    run({ name: 'skeleton git', command: 'git', args, ...project });
  const make = (...args: string[]) => ({
    name: `tests skeleton ${args[0]}`,
    command: 'make',
    args,
    ...project,
  });
  await git('init', '--quiet');
  await git('add', '--all');
  await run(make('setup'));
  // All suites run, whichever fails; their reports say.
  await runForCode(
    make('test', '--ignore-errors', `REPORTS=${report('skeleton')}`),
  );
  await run(make('synth'));
  await run(make('run-local'));
  // The templates are what their source makes, and whatever else was made is ignored.
  await run({
    name: 'skeleton changes',
    command: 'sh',
    args: [
      '-c',
      'git diff --exit-code && ! git ls-files --others --exclude-standard | grep .',
    ],
    ...project,
  });
}

const skeleton = join(root, 'skeleton');

const setUpSkeleton = () =>
  run({
    name: 'skeleton setup',
    command: 'make',
    args: ['setup'],
    cwd: skeleton,
  });

/** All that the form offers, to import DAGs; once installed they are there. */
const installAirflows = () =>
  run({
    name: 'airflow install',
    command: 'python3',
    args: [
      ...['-m', 'local_aws', 'install'],
      ...['3.3.1', '3.2.1', '3.0.6', '2.11.2', '2.11.0'].flatMap(version => [
        '--only',
        `airflow-${version}`,
      ]),
    ],
    env: localEnvironment(),
  });

/** The tests in `tests/<folder>`. */
async function runJest(
  folder: string,
  env: NodeJS.ProcessEnv,
  { workers = 1 } = {},
): Promise<Report> {
  const outputFile = report(`${folder}.json`);
  await runForCode({
    name: `tests ${folder}`,
    command: process.execPath,
    args: [
      yarn,
      'workspace',
      'tests',
      'backstage-cli',
      'package',
      'test',
      '--watchAll=false',
      workers === 1 ? '--runInBand' : `--maxWorkers=${workers}`,
      `--rootDir=${join(root, 'tests', folder)}`,
      '--json',
      `--outputFile=${outputFile}`,
    ],
    env: { ...env, CI: 'true' },
  });
  return readJestReport(outputFile);
}

/** Backstage and the local AWS with a state of their own, so that no test touches a person's; once for all parts. */
function startForTests(): Promise<void> {
  started ??= startAfresh();
  return started;
}

let started: Promise<void> | undefined;

async function startAfresh() {
  const state = join(local, 'test');
  await rm(state, { recursive: true, force: true });
  const { aws } = await startAll({ state });
  await waitForAll(aws);
}

/** A browser of the machine's; a missing one fails the test and says how to get it. */
function findChromium(): string {
  const found = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find(path => path && existsSync(path));
  return (
    found ??
    fail(
      'No Chromium or Chrome was found: install one (on Debian: apt-get install chromium), or name it in CHROMIUM',
    )
  );
}
