/** The app of `cdk deploy`: one stack for each environment in project.yaml. See README.md. */
import { App, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { acknowledge } from '../lib/acknowledged.ts';
import { FoundationsStack } from '../lib/foundations-stack.ts';
import { foundationsName, readProject, stackTags } from '../lib/project.ts';

const app = new App();
const project = readProject();
for (const environment of project.environments) {
  const stack = new FoundationsStack(app, foundationsName(project, environment), {
    tags: stackTags(project, environment),
    // The CLI sends a template as YAML, in which ours is over the limit, so it wants the bucket of
    // `cdk bootstrap`; with the caller's own credentials instead of the bootstrap roles.
    synthesizer: new CliCredentialsStackSynthesizer(),
  });
  acknowledge(stack);
}
