import { join } from 'node:path';
import { environments } from './paths.ts';
import { installPythonEnvironment } from './pythonEnvironment.ts';

/** Folder in which TechDocs finds mkdocs. */
export const docsFolder = join(environments, 'docs');

/** Installs mkdocs. Only the pages of TechDocs need it, so a failure is printed and stops nothing. */
export async function installDocs(): Promise<void> {
  try {
    await installPythonEnvironment('docs');
  } catch (error) {
    console.error(
      `TechDocs will not show pages: mkdocs could not be installed. ${
        (error as Error).message
      }`,
    );
  }
}
