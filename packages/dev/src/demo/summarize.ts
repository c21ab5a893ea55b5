import type {
  EnvironmentStatus,
  Run,
} from '@data-lake/plugin-data-lake-common';
import { readRows } from '../localAws.ts';
import { fail } from '../output.ts';
import { listTables } from './environment.ts';

/** Lists all that a project and its run have made. @throws UserError if anything is missing */
export async function summarize(options: {
  project: string;
  uploaded: number;
  environment: EnvironmentStatus;
  run: Run;
}) {
  const { project, uploaded, environment, run } = options;
  const steps = (service: string, kind: string) =>
    run.steps
      .filter(step => step.service === service && step.kind === kind)
      .map(({ name, state }) => ({ name, state }));
  const summary = {
    project,
    stack: environment.resources.find(
      ({ type }) => type === 'AWS::CloudFormation::Stack',
    )?.name,
    resources: environment.resources.length,
    uploaded,
    dagRun: { id: run.id, state: run.state },
    emrSteps: steps('emr', 'step'),
    executions: steps('stepfunctions', 'execution'),
    glueRuns: steps('glue', 'job run'),
    tables: listTables(environment),
    marts: await readMarts(environment),
  };
  for (const [name, value] of Object.entries(summary)) {
    const missing =
      value === undefined || (Array.isArray(value) && !value.length);
    if (missing) {
      fail(`The run succeeded, but made no ${name}`);
    }
  }
  return summary;
}

/** Tables that a project of the template makes for its readers. */
const marts = ['most_popular_movies', 'top_rated_movies'];

/** Reads the best film of each mart, from the files that the run left in the data bucket. */
async function readMarts({
  resources,
}: EnvironmentStatus): Promise<Record<string, unknown>> {
  const rows = marts.map(async mart => {
    const table =
      resources.find(r => r.type === 'AWS::Glue::Table' && r.name === mart) ??
      fail(`The run succeeded, but made no table ${mart}`);
    const [row] = await readRows({ table: table.id, order: 'rank', limit: 1 });
    return [mart, row ?? fail(`The table ${table.id} is empty`)] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}
