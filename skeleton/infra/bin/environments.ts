/** Prints the environments of project.yaml as one JSON line, for the matrix of a CI workflow. */
import { listStacks, readProject, stackName } from '../lib/project.ts';

const project = readProject();
const environments = project.environments.map((environment) => ({
  name: environment.name,
  account: environment.account,
  region: environment.region,
  stacks: listStacks(project, environment).map((name) => ({
    name,
    stack: stackName(project, environment, name),
  })),
  dags: `s3://${environment.mwaa.bucket}/${environment.mwaa.dagPath.replace(/^\/+|\/+$/g, '')}/${project.name}-${environment.name}/`,
}));
console.log(JSON.stringify(environments));
