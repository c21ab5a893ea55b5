/**
 * Prints, as Name=Value lines for a shell, what a deployment of an environment takes:
 * `parameters.ts <environment> [release prefix]`, or with --tags the stack's tags. Without a release
 * prefix an update keeps the one that is deployed.
 */
import { findEnvironment, foundationsParameters, readProject, stackTags } from '../lib/project.ts';

const words = process.argv.slice(2);
const [environmentName, releasePrefix] = words.filter((word) => word !== '--tags');
try {
  if (!environmentName)
    throw new Error('Usage: npm run -s parameters -- <environment> [releases/<digest>/] [--tags]');
  const project = readProject();
  const environment = findEnvironment(project, environmentName);
  const values = words.includes('--tags')
    ? stackTags(project, environment)
    : {
        ...foundationsParameters(project, environment),
        ...(releasePrefix && { ReleasePrefix: releasePrefix }),
      };
  for (const [name, value] of Object.entries(values)) console.log(`${name}=${value}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
