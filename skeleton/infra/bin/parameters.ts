/**
 * Prints the parameters of an environment's stack as Name=Value lines for a shell; with --tags, its tags:
 * `parameters.ts <environment> [release prefix] [--stack=<stack>] [--tags]`. The default stack is foundations.
 * An update without a release prefix keeps the deployed one.
 */
import { parseArgs } from 'node:util';
import { findEnvironment, findStack, readProject, stackParameters, stackTags } from '../lib/project.ts';

try {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { tags: { type: 'boolean' }, stack: { type: 'string', default: 'foundations' } },
  });
  const [environmentName, releasePrefix] = positionals;
  if (!environmentName)
    throw new Error(
      'Usage: npm run -s parameters -- <environment> [releases/<digest>/] [--stack=<stack>] [--tags]',
    );
  const project = readProject();
  const environment = findEnvironment(project, environmentName);
  const values = options.tags
    ? stackTags(project, environment)
    : {
        ...stackParameters[findStack(options.stack)](project, environment),
        ...(releasePrefix && { ReleasePrefix: releasePrefix }),
      };
  for (const [name, value] of Object.entries(values)) console.log(`${name}=${value}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
