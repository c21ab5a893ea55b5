import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fail } from './output.ts';
import { root } from './paths.ts';

/**
 * Loads an installed package. Commands are loaded in a bare clone, so packages of `node_modules` are loaded
 * by this function only, and only after `installPackages()`.
 *
 * @throws UserError if the packages are not installed
 */
export function requireInstalled<T>(name: string): T {
  if (!existsSync(join(root, 'node_modules'))) {
    fail(`${name} is not installed: run ./dev yarn install`);
  }
  return require(name) as T;
}

/** Loads a package of this repository, whose entry point is TypeScript that only Backstage's transform can read. */
export function requireOwn<T>(name: string): T {
  requireInstalled('@backstage/cli-node/config/nodeTransform.cjs');
  return requireInstalled<T>(name);
}

const require = createRequire(join(root, 'packages/dev/package.json'));
