import { requireInstalled } from '../installed.ts';
import type { PackedPackage } from './pack.ts';

/**
 * Has publint and Are The Types Wrong read a packed package.
 *
 * @returns one line a problem
 */
export async function lintPackage(packed: PackedPackage): Promise<string[]> {
  return [...(await lintFiles(packed)), ...(await lintTypes(packed))].map(
    problem => `${packed.json.name}: ${problem}`,
  );
}

/**
 * Problems of the format that Backstage's build gives to every package, and that its backend, its bundler and
 * its type checker read as it is meant. All other problems fail the check.
 */
const accepted = {
  publint: new Set([
    // The condition "backstage" in `exports`: Backstage finds a plugin's features by it.
    'EXPORTS_TYPES_SHOULD_BE_FIRST',
    'EXPORTS_VALUE_INVALID',
    // Backstage names ES modules `.esm.js`. Only bundlers read them, which go by the syntax.
    'FILE_INVALID_FORMAT',
    'EXPORT_TYPES_INVALID_FORMAT',
    // publint looks for types of the ES module alone; attw below finds types that are missing.
    'TYPES_NOT_EXPORTED',
    // `backend.add(import('…'))` takes the default export of a CommonJS module, and unwraps it.
    'CJS_WITH_ESMODULE_DEFAULT_EXPORT',
  ]),
  types: new Set([
    // As above: `.esm.js` of packages for the browser, which Node.js does not load.
    'UnexpectedModuleSyntax',
    // The condition "backstage" comes before "types", and TypeScript goes on to the next.
    'FallbackCondition',
    // As above: the default export of a backend plugin.
    'CJSOnlyExportsDefault',
  ]),
};

async function lintFiles({ files }: PackedPackage): Promise<string[]> {
  const { publint } = requireInstalled<typeof import('publint')>('publint');
  const { formatMessage } =
    requireInstalled<typeof import('publint/utils')>('publint/utils');
  const { messages, pkg } = await publint({
    pkgDir: '/package',
    level: 'warning',
    pack: {
      files: [...files].map(([path, data]) => ({
        name: `/package/${path}`,
        data,
      })),
    },
  });
  return messages
    .filter(({ code }) => !accepted.publint.has(code))
    .map(message => formatMessage(message, pkg) ?? message.code);
}

async function lintTypes({ json, files }: PackedPackage): Promise<string[]> {
  const { Package, checkPackage } = requireInstalled<
    typeof import('@arethetypeswrong/core')
  >('@arethetypeswrong/core');
  const { problemKindInfo } = requireInstalled<
    typeof import('@arethetypeswrong/core/problems')
  >('@arethetypeswrong/core/problems');
  const folder = `/node_modules/${json.name}`;
  const result = await checkPackage(
    new Package(
      Object.fromEntries(
        [...files].map(([path, data]) => [`${folder}/${path}`, data]),
      ),
      json.name,
      String(json.version),
    ),
  );
  // The command line has no types: nothing imports it.
  const problems = result.types ? result.problems : [];
  return problems
    .filter(({ kind }) => !accepted.types.has(kind))
    .map(({ kind }) => problemKindInfo[kind].shortDescription);
}
