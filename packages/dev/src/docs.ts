import { join } from 'node:path';
import { environments } from './paths.ts';
import { installPythonEnvironment } from './pythonEnvironment.ts';

/** Where TechDocs finds mkdocs. */
export const docsFolder = join(environments, 'docs');

/** Everything but the pages of TechDocs works without mkdocs, so a failure is told and stops nothing. */
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
