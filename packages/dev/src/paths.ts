import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Everything that `./dev` writes at run time: `./dev reset` empties it. */
export const local = join(root, '.local');

export const logs = join(local, 'logs');

/** Python environments; kept by `./dev reset`, since they hold no state. */
export const environments = join(local, 'envs');

export const yarn = join(root, '.yarn/releases/yarn-4.13.0.cjs');
