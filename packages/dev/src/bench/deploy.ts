import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parse, stringify } from 'yaml';
import { say } from '../output.ts';
import { local, root } from '../paths.ts';
import { run } from '../processes.ts';
import { installPackages } from '../setup.ts';
import {
  toDeployers,
  type Deployer,
  type StackRequest,
} from './deploy/deployers.ts';
import { startBenchAws, type BenchAws } from './localAws.ts';
import { measure, type Measured } from './measure.ts';
import { compileOurs } from './ours.ts';
import { median, ratio, round, spread, toTable } from './summary.ts';

const phases = ['create', 'noop', 'update'] as const;
type Phase = (typeof phases)[number];
type Result = Measured & { calls: number };
type Results = Record<Deployer['name'], Record<Phase, Result[]>>;

/**
 * A create, a no-op and an update of the foundations stack, by our engine and by its peers, each in a
 * fresh process against the same local AWS. The update brings a release: it adds what needs uploaded
 * code. Every round has stacks of its own, and another order of the tools.
 */
export async function benchDeploy(options: { rounds?: number }): Promise<void> {
  const { rounds = 3 } = options;
  await installPackages();
  const project = await copyProject();
  const aws = await startBenchAws('deploy');
  try {
    const bench = {
      aws,
      project,
      upload: await compileOurs('upload/ours.ts'),
    };
    const deployers = await toDeployers({ project, env: aws.env });
    const results = Object.fromEntries(
      deployers.map(({ name }) => [name, { create: [], noop: [], update: [] }]),
    ) as unknown as Results;
    for (let round_ = 0; round_ < rounds; round_++) {
      say(`Round ${round_ + 1} of ${rounds}`);
      for (let i = 0; i < deployers.length; i++) {
        const deployer = deployers[(i + round_) % deployers.length];
        await deployOnce(bench, deployer, round_, results[deployer.name]);
      }
    }
    report(results);
  } finally {
    await aws.stop();
    await rm(project, { recursive: true, force: true });
  }
}

/** The skeleton, where its project can be given other names; without what is installed there. */
async function copyProject(): Promise<string> {
  const skeleton = join(root, 'skeleton');
  const project = join(local, 'bench/project');
  await rm(project, { recursive: true, force: true });
  await mkdir(project, { recursive: true });
  await cp(skeleton, project, {
    recursive: true,
    filter: source =>
      !/(^|\/)(\.venv|\.local|node_modules|__pycache__|cdk\.out)(\/|$)/.test(
        relative(skeleton, source),
      ),
  });
  say("Installing the project's CDK");
  await run({
    name: 'cdk project install',
    command: 'npm',
    args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    cwd: join(project, 'infra'),
  });
  return project;
}

interface Bench {
  aws: BenchAws;
  project: string;
  /** Script that uploads. */
  upload: string;
}

async function deployOnce(
  bench: Bench,
  deployer: Deployer,
  round_: number,
  results: Record<Phase, Result[]>,
): Promise<void> {
  const { aws, project } = bench;
  const request = await toRequest(project, `bench-${deployer.short}${round_}`);
  await deployer.prepare?.(request);
  for (const phase of phases) {
    if (phase === 'update') {
      request.parameters.ReleasePrefix = await uploadRelease(bench, request);
    }
    const command = await deployer.deploy(request);
    aws.proxy.takeCounts();
    const measured = await measure({
      name: `bench deploy ${deployer.name} ${phase}`,
      env: aws.env,
      ...command,
    });
    const counts = aws.proxy.takeCounts();
    const calls = [...counts.values()].reduce((sum, count) => sum + count, 0);
    results[phase].push({ ...measured, calls });
    say(
      `${deployer.name} ${phase}: ${measured.seconds.toFixed(
        2,
      )} s, ${calls} calls (${[...counts]
        .map(([operation, count]) => `${operation} ${count}`)
        .join(', ')})`,
    );
  }
}

/** Names the project anew, and asks it for the values of its stack as its README does. */
async function toRequest(project: string, name: string): Promise<StackRequest> {
  const path = join(project, 'project.yaml');
  const content = parse(await readFile(path, 'utf8'));
  await writeFile(path, stringify({ ...content, name }));
  const environment = content.environments[0].name as string;
  return {
    stackName: `${name}-${environment}-foundations`,
    template: join(project, 'infra/templates/foundations.template.json'),
    parameters: await printedValues(project, environment),
    tags: await printedValues(project, environment, '--tags'),
  };
}

/** `Name=Value` lines. */
async function printedValues(
  project: string,
  ...args: string[]
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  await run({
    name: 'bench parameters',
    command: process.execPath,
    args: ['--import', 'tsx', 'bin/parameters.ts', ...args],
    cwd: join(project, 'infra'),
    onLine: line => {
      const at = line.indexOf('=');
      values[line.slice(0, at)] = line.slice(at + 1);
    },
  });
  return values;
}

/** What the release holds does not matter here; it is there as it is when a release is deployed. */
async function uploadRelease(
  { aws, project, upload }: Bench,
  { parameters }: StackRequest,
): Promise<string> {
  const folder = join(local, 'bench/release');
  await rm(folder, { recursive: true, force: true });
  await run({
    name: 'bench release',
    command: process.execPath,
    args: ['--import', 'tsx', 'bin/release.ts', folder],
    cwd: join(project, 'infra'),
  });
  const bucket = `${parameters.Project}-${parameters.Environment}-code-${aws.env.AWS_ACCESS_KEY_ID}-${aws.env.AWS_REGION}`;
  const prefix = 'releases/bench/';
  await run({
    name: 'bench release upload',
    command: process.execPath,
    args: [upload, folder, bucket, prefix],
    env: aws.env,
  });
  return prefix;
}

function report(results: Results): void {
  const names = Object.keys(results) as (keyof Results)[];
  for (const phase of phases) {
    const seconds = (name: keyof Results) =>
      results[name][phase].map(result => result.seconds);
    console.log(
      `${toTable([
        [phase, 'seconds', 'to ours', 'CPU seconds', 'calls', 'peak MiB'],
        ...names.map(name => {
          const of = (key: keyof Result) =>
            results[name][phase].map(result => result[key]);
          return [
            name,
            spread(seconds(name)),
            ratio(median(seconds(name)), median(seconds('ours'))),
            spread(of('cpuSeconds')),
            spread(of('calls'), 0),
            spread(of('peakMiB'), 0),
          ];
        }),
      ])}\n`,
    );
  }
  const each = (value: (name: keyof Results) => number) =>
    Object.fromEntries(names.map(name => [name, value(name)]));
  const secondsOf = (phase: Phase) =>
    each(name => round(median(results[name][phase].map(r => r.seconds))));
  console.log(
    JSON.stringify({
      create: secondsOf('create'),
      noop: secondsOf('noop'),
      update: secondsOf('update'),
      calls: { create: median(results.ours.create.map(r => r.calls)) },
      peakMiB: each(name =>
        round(
          Math.max(
            ...phases.flatMap(phase =>
              results[name][phase].map(r => r.peakMiB),
            ),
          ),
          0,
        ),
      ),
    }),
  );
}
