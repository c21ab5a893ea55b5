import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { local } from '../../paths.ts';
import { run } from '../../processes.ts';
import type { StackRequest } from './deployers.ts';

/**
 * Uploads the project's release, as before a deployment; its contents do not matter here.
 *
 * @returns its prefix
 */
export async function uploadRelease(options: {
  /** Folder of the project. */
  project: string;
  /** Script that uploads. */
  upload: string;
  env: NodeJS.ProcessEnv;
  parameters: StackRequest['parameters'];
}): Promise<string> {
  const { project, upload, env, parameters } = options;
  const folder = join(local, 'bench/release');
  await rm(folder, { recursive: true, force: true });
  await run({
    name: 'bench release',
    command: process.execPath,
    args: ['--import', 'tsx', 'bin/release.ts', folder],
    cwd: join(project, 'infra'),
  });
  const bucket = `${parameters.Project}-${parameters.Environment}-code-${env.AWS_ACCESS_KEY_ID}-${env.AWS_REGION}`;
  const prefix = 'releases/bench/';
  await run({
    name: 'bench release upload',
    command: process.execPath,
    args: [upload, folder, bucket, prefix],
    env,
  });
  return prefix;
}
