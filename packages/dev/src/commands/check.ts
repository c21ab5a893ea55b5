import { join } from 'node:path';
import { localEnvironment } from '../environment.ts';
import { fail, say, sayDone, seconds } from '../output.ts';
import { root, yarn } from '../paths.ts';
import { logPath, runForCode, tail } from '../processes.ts';
import { checkMachine, installPackages } from '../setup.ts';
import { checkLicences } from '../licences.ts';

/** Everything that can be known without running the product; all of it runs, then all failures are told. */
export async function check(): Promise<void> {
  await checkMachine();
  await installPackages();
  const failed: string[] = [];
  for (const { name, ...step } of steps) {
    const start = Date.now();
    say(name);
    const code =
      'run' in step
        ? await step.run()
        : await runForCode({
            name,
            env: { ...localEnvironment(), CI: 'true' },
            ...step,
          });
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
  yarnStep('types', 'tsc', '--noEmit', '--incremental', 'false'),
  yarnStep('lint', 'backstage-cli', 'repo', 'lint', '--max-warnings', '0'),
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
  yarnStep('api reports', 'build:api-reports', '--ci'),
  { name: 'licences', run: checkLicences },
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

function yarnStep(name: string, ...args: string[]): Step {
  return { name, command: process.execPath, args: [yarn, ...args] };
}
