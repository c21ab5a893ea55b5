/** The app of `cdk deploy`: one stack for each environment in project.yaml. See infra/README.md. */
import { App } from 'aws-cdk-lib';
import { acknowledge } from '../lib/acknowledged.ts';
import { FoundationsStack } from '../lib/foundations-stack.ts';
import { foundationsName, readProject, stackTags } from '../lib/project.ts';

const app = new App();
const project = readProject();
for (const environment of project.environments) {
  acknowledge(
    new FoundationsStack(app, foundationsName(project, environment), {
      tags: stackTags(project, environment),
    }),
  );
}
