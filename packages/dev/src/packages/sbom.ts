import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { local, root, yarn } from '../paths.ts';
import { run } from '../processes.ts';
import { listPublishedPackages, type PublishedPackage } from './published.ts';

/** Folder of the bills of materials, one file a package. */
export const sbomFolder = join(local, 'sbom');

/**
 * Writes the bill of materials (CycloneDX, JSON) of each published package: what is installed with it, all the
 * way down, as yarn.lock has it. The command line installs nothing; its build lists what its file contains.
 *
 * @throws UserError with the end of the generator's output
 */
export async function writeSboms(): Promise<void> {
  await mkdir(sbomFolder, { recursive: true });
  const waiting = await listPublishedPackages(root);
  const writeNext = async (): Promise<void> => {
    const next = waiting.shift();
    if (next) {
      await writeSbom(next);
      await writeNext();
    }
  };
  // Two at a time: each is one process that is busy for some seconds.
  await Promise.all([writeNext(), writeNext()]);
}

async function writeSbom({ folder, json }: PublishedPackage): Promise<void> {
  const file = join(sbomFolder, `${json.name.split('/').at(-1)}.cdx.json`);
  const env = { ...process.env, YARN_PLUGINS: plugin };
  const runYarn = (...args: string[]) =>
    run({
      name: `sbom ${basename(folder)}`,
      command: process.execPath,
      args: [yarn, ...args],
      cwd: join(root, folder),
      env,
    });
  if (json.bin) {
    await runYarn('build');
    await copyFile(join(root, folder, 'dist/bom.json'), file);
  } else {
    const options = ['--production', '--output-reproducible'];
    await runYarn('cyclonedx', ...options, '--output-file', file);
  }
}

const plugin = join(
  root,
  'node_modules/@cyclonedx/yarn-plugin-cyclonedx/yarn-plugin-cyclonedx.cjs',
);
