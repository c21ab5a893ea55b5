import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sayDone } from '../output.ts';
import { local } from '../paths.ts';
import { checkPorts } from '../ports.ts';

/** Empties the state of Backstage and of the local AWS; with `--all`, the Python environments too. */
export async function reset(args: string[]): Promise<void> {
  await checkPorts({
    7007: 'Backstage (stop it first)',
    4566: 'the local AWS (stop it first)',
  });
  const kept = args.includes('--all') ? [] : ['envs'];
  const names = await readdir(local).catch(() => []);
  for (const name of names.filter(n => !kept.includes(n))) {
    await rm(join(local, name), { recursive: true, force: true });
  }
  sayDone('State emptied: the next ./dev start creates it anew');
}
