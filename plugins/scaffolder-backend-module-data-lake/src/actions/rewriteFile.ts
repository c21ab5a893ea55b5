import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import fs from 'fs-extra';

/** Rewrites a file of the project, and writes a copy into the folder of changed files. */
export async function rewriteFile(
  folders: { source: string; workspacePath: string; changePath: string },
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const { source, workspacePath, changePath } = folders;
  const copies = resolveSafeChildPath(workspacePath, changePath);
  const text = change(await readFile(join(source, file), 'utf8'));
  await fs.outputFile(join(source, file), text);
  await fs.outputFile(join(copies, file), text);
}
