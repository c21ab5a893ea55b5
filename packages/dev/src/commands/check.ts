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
import { checkWorkflows } from '../workflows.ts';

/** Runs every check that needs no running product, all of them even if one fails, then names those that failed. */
export async function check(): Promise<void> {
  await checkMachine();
  await installPackages();
  const failed: string[] = [];
  for (const step of steps) {
    const { name } = step;
    const start = Date.now();
    say(name);
    const code = await runStep(step);
    if (code === 0) {
      sayDone(`${name} in ${seconds(start)}`);
    } else {
      console.error(await tail(name, 40));
      failed.push(name);
    }
  }
  if (failed.length > 0) {
    fail(
      `not clean: ${failed.join(', ')} (see ${failed.map(logPath).join(', ')})`,
    );
  }
}

type Step = { name: string } & (
  | { command: string; args: string[]; cwd?: string }
  | { run: () => Promise<number> }
);

const steps: Step[] = [
  // Writes the declarations too: api reports and packages read them.
  yarnStep('types', 'tsc', '--incremental', 'false'),
  yarnStep('lint', 'backstage-cli', 'repo', 'lint', '--max-warnings', '0'),
  yarnStep(
    'imports',
    'depcruise',
    ...['packages', 'plugins'],
    ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  ),
  yarnStep('format', 'prettier', '--check', '.'),
  yarnStep(
    'config',
    'backstage-cli',
    'config:check',
    '--strict',
    '--lax',
    '--config',
    'app-config.yaml',
    '--config',
    'app-config.production.yaml',
  ),
  yarnStep('api reports', 'build:api-reports:only', '--ci'),
  { name: 'packages', run: checkPackages },
  { name: 'licences', run: checkLicences },
  { name: 'bills of materials', run: () => writeSboms().then(() => 0) },
  { name: 'workflows', run: checkWorkflows },
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

/** Runs a step to its end. What a function throws for the person at the terminal is its log. */
async function runStep({ name, ...step }: Step): Promise<number> {
  if (!('run' in step)) {
    const env = { ...localEnvironment(), CI: 'true' };
    return runForCode({ name, env, ...step });
  }
  try {
    return await step.run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await writeFile(logPath(name), error.message);
    return 1;
  }
}

function yarnStep(name: string, ...args: string[]): Step {
  return { name, command: process.execPath, args: [yarn, ...args] };
}
