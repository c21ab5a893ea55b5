/** The app of `cdk deploy`: the stacks of each environment in project.yaml. See README.md. */
import { App, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { acknowledge } from '../lib/acknowledged.ts';
import { listStacks, readProject, stackName, stackTags } from '../lib/project.ts';
import { mayRemoveData } from '../lib/removal.ts';
import { stacks } from '../lib/template.ts';

const app = new App();
const project = readProject();
/** `-c remove-data=<project>-<environment>`, for a last deployment before `cdk destroy`. */
const typed: string | undefined = app.node.tryGetContext('remove-data');
for (const environment of project.environments) {
  const removesData =
    typed === `${project.name}-${environment.name}` && mayRemoveData(project, environment, typed);
  for (const name of listStacks(project, environment)) {
    const stack = new stacks[name](app, stackName(project, environment, name), {
      removesData,
      tags: stackTags(project, environment),
      // The CLI sends a template as YAML, in which ours exceeds the limit, so it requires the bucket of
      // `cdk bootstrap`. This synthesizer uses the caller's own credentials instead of the bootstrap roles.
      synthesizer: new CliCredentialsStackSynthesizer(),
    });
    acknowledge(stack, name);
  }
}
