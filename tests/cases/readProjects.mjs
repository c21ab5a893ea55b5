/** Reads texts of project.yaml as the CDK app of a project does: a JSON list in, a list of errors out. */
import { text } from 'node:stream/consumers';
// A generated project stands alone: its own reader is run.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { parseProject } from '../../skeleton/infra/lib/parse-project.ts';

const toError = document => {
  try {
    parseProject(document);
    return null;
  } catch (error) {
    return error.message;
  }
};
const documents = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(documents.map(toError)));
