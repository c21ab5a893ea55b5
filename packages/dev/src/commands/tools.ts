import { installPackages } from '../setup.ts';
import { yarn as yarnPath } from '../paths.ts';
import { runForCode } from '../processes.ts';

/** Runs the project's Yarn. */
export async function yarn(args: string[]): Promise<void> {
  await pass('yarn', [yarnPath, ...args]);
}

/** Runs the project's Node.js, after the installation of packages. */
export async function node(args: string[]): Promise<void> {
  await installPackages();
  await pass('node', args);
}

async function pass(name: string, args: string[]) {
  process.exitCode = await runForCode({
    name,
    command: process.execPath,
    args,
    inherit: true,
  });
}
