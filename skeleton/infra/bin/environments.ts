/** Prints the environments of project.yaml as one JSON line, for the matrix of a CI workflow. */
import { readProject } from '../lib/project.ts';

const environments = readProject().environments.map(({ name, account, region }) => ({
  name,
  account,
  region,
}));
console.log(JSON.stringify(environments));
