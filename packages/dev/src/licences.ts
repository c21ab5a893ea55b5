import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listPublishedPackages } from './packages/published.ts';
import { root } from './paths.ts';
import { logPath } from './processes.ts';

/**
 * Checks the licences of all packages that the published packages depend on, directly or not. Development
 * tools are not shipped and not checked; nor are the dependencies of Backstage's own packages, which an
 * installation has already.
 *
 * @returns 0, or 1 if a licence is not allowed; the log `licences` lists the packages
 */
export async function checkLicences(): Promise<number> {
  const seen = new Map<string, string>();
  for (const { folder } of await listPublishedPackages(root)) {
    await walk(join(root, folder), seen);
  }
  const refused = [...seen].filter(([, licence]) => !isAllowed(licence));
  await writeFile(
    logPath('licences'),
    refused.map(([name, licence]) => `${name}: ${licence}`).join('\n') ||
      `${seen.size} packages`,
  );
  return refused.length === 0 ? 0 : 1;
}

async function walk(folder: string, seen: Map<string, string>) {
  const { dependencies = {} } = await readPackage(folder);
  for (const name of Object.keys(dependencies)) {
    if (!seen.has(name) && !name.startsWith('@backstage/')) {
      const found = await resolvePackage(folder, name);
      if (found) {
        const { license, licenses } = await readPackage(found);
        seen.set(name, describe(license ?? licenses));
        await walk(found, seen);
      }
    }
  }
}

/** Finds a package as Node.js does: in the nearest node_modules upwards. */
async function resolvePackage(
  from: string,
  name: string,
): Promise<string | undefined> {
  for (let at = from; at.startsWith(root); at = join(at, '..')) {
    const folder = join(at, 'node_modules', name);
    if ((await readPackage(folder)).name) {
      return folder;
    }
  }
  return undefined;
}

interface PackageJson {
  name?: string;
  license?: unknown;
  licenses?: unknown;
  dependencies?: Record<string, string>;
}

async function readPackage(folder: string): Promise<PackageJson> {
  return JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}'),
  );
}

function describe(licence: unknown): string {
  if (Array.isArray(licence)) {
    return licence.map(describe).join(' OR ');
  }
  if (typeof licence === 'object' && licence) {
    return String((licence as { type?: string }).type);
  }
  return String(licence ?? 'none stated');
}

/** Of alternatives (OR), one must be allowed; of licences that apply together (AND), all. */
function isAllowed(expression: string): boolean {
  return expression
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some(alternative =>
      alternative.split(/ AND /i).every(one => allowed.has(one.trim())),
    );
}

const allowed = new Set([
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'ISC',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
  'WTFPL',
  'Apache License 2.0',
]);
