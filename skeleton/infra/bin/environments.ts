/**
 * Prints the environments of project.yaml as one JSON line, for the matrix of a CI workflow; or, of the one that is
 * named, what the scripts in ../ci need, as name=value lines: `environments.ts [<environment>]`.
 */
import { type Environment, findEnvironment, listStacks, readProject, stackName } from '../lib/project.ts';

const project = readProject();
const [name] = process.argv.slice(2);

/** The DAG's folder in the MWAA bucket. */
const dags = ({ name: of, mwaa: { bucket, dagPath } }: Environment) =>
  `s3://${bucket}/${dagPath.replace(/^\/+|\/+$/g, '')}/${project.name}-${of}/`;

try {
  if (name) {
    const environment = findEnvironment(project, name);
    console.log(`account=${environment.account}\nregion=${environment.region}\ndags=${dags(environment)}`);
    for (const stack of listStacks(project, environment))
      console.log(`stack=${stack}\n${stack}=${stackName(project, environment, stack)}`);
  } else {
    const environments = project.environments.map((each) => ({
      name: each.name,
      account: each.account,
      region: each.region,
    }));
    console.log(JSON.stringify(environments));
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
