import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localEnvironment } from '../environment.ts';
import { fail, say, sayDone, seconds, UserError } from '../output.ts';
import { root, yarn } from '../paths.ts';
import { logPath, runForCode, tail } from '../processes.ts';
import { checkMachine, installPackages } from '../setup.ts';
import { checkLicences } from '../licences.ts';
import { checkPackages } from '../packages/checkPackages.ts';
import { writeSboms } from '../packages/sbom.ts';
import { runSideBySide, type Task } from '../sideBySide.ts';
import { checkWorkflows } from '../workflows.ts';

/**
 * Runs every check that needs no running product, side by side, all of them even if one fails, then names those
 * that failed.
 */
export async function check(): Promise<void> {
  await checkMachine();
  await installPackages();
  const failed = await runSteps(steps);
  if (failed.length > 0) {
    fail(
      `not clean: ${failed.join(', ')} (see ${failed.map(logPath).join(', ')})`,
    );
  }
}

type Step = Pick<Task, 'name' | 'after' | 'holds'> & { cores?: number } & (
    | { command: string; args: string[]; cwd?: string }
    | { check: () => Promise<number> }
  );

const steps: Step[] = [
  yarnStep('types', 'tsc', '--incremental', 'false'),
  yarnStep('lint', 'backstage-cli', 'repo', 'lint', '--max-warnings', '0'),
  yarnStep(
    'imports',
    'depcruise',
    ...['packages', 'plugins'],
    ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  ),
  yarnStep('format', 'prettier', '--check', '.'),
  // each stands alone
  ...['app-config.yaml', 'app-config.production.yaml'].map(file =>
    yarnStep(
      `config: ${file}`,
      'backstage-cli',
      'config:check',
      ...['--strict', '--lax', '--config', file],
    ),
  ),
  {
    ...yarnStep('api reports', 'build:api-reports:only', '--ci'),
    after: ['types'], // reads its declarations
  },
  {
    name: 'packages',
    check: checkPackages,
    after: ['types'], // packs its declarations
    holds: 'dist',
  },
  { name: 'licences', check: checkLicences },
  {
    name: 'bills of materials',
    check: () => writeSboms().then(() => 0),
    cores: 2,
    holds: 'dist',
  },
  { name: 'workflows', check: checkWorkflows },
  {
    name: 'local AWS: ruff, pyright',
    command: 'python3',
    args: ['-m', 'local_aws', 'check'],
  },
  {
    name: 'skeleton: ruff, pyright, cfn-lint',
    command: 'make',
    args: ['setup', 'lint'],
    cwd: join(root, 'skeleton'),
  },
];

/** Runs the steps to their end, side by side. @returns the names of those that are not clean */
export async function runSteps(all: readonly Step[]): Promise<string[]> {
  const failed: string[] = [];
  const tasks = all.map(step => ({
    cores: 1,
    ...step,
    run: async () => {
      if ((await runStep(step)) !== 0) failed.push(step.name);
    },
  }));
  await runSideBySide(tasks);
  return failed;
}

/** Runs a step to its end, and prints how it ended. @returns 0 if it is clean */
async function runStep(step: Step): Promise<number> {
  const { name } = step;
  const start = Date.now();
  say(name);
  const code = await runCheck(step);
  if (code === 0) {
    sayDone(`${name} in ${seconds(start)}`);
  } else {
    console.error(`── ${name}\n${await tail(name, 40)}\n✘ ${name}`);
  }
  return code;
}

/** What a function throws for the person at the terminal is its log. */
async function runCheck(step: Step): Promise<number> {
  if ('command' in step) {
    return runForCode({ ...step, env: { ...localEnvironment(), CI: 'true' } });
  }
  try {
    return await step.check();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await writeFile(logPath(step.name), error.message);
    return 1;
  }
}

function yarnStep(name: string, ...args: string[]) {
  return { name, command: process.execPath, args: [yarn, ...args] };
}
