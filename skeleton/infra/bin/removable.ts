/**
 * Prints the template of a stack with which its data goes when it goes, for one last deployment before
 * it is deleted: `removable.ts <environment> --remove-data=<project>-<environment> [--stack=<stack>]`.
 */
import { parseArgs } from 'node:util';
import { findEnvironment, findStack, readProject } from '../lib/project.ts';
import { mayRemoveData } from '../lib/removal.ts';
import { templateOf } from '../lib/template.ts';

try {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'remove-data': { type: 'string', default: '' },
      stack: { type: 'string', default: 'foundations' },
    },
  });
  const [environmentName] = positionals;
  if (!environmentName)
    throw new Error(
      'Usage: npm run -s removable -- <environment> --remove-data=<project>-<environment> [--stack=<stack>]',
    );
  const project = readProject();
  const environment = findEnvironment(project, environmentName);
  const removesData = mayRemoveData(project, environment, options['remove-data']);
  process.stdout.write(templateOf(findStack(options.stack), { removesData }));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
