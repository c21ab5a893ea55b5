import { GetTablesCommand } from '@aws-sdk/client-glue';
import { calling } from '@data-lake/aws';
import { foundations } from '../../project/spec/toProjectDeploymentSpec';
import { VerifyContext } from '../context';
import { failed, passed, ProjectCheck, unknown } from '../checkOutcome';

/** The tables that project.yaml promises are in the catalog; the first run makes them. */
export const tables: ProjectCheck = {
  id: 'tables',
  title: 'The tables are in the Glue catalog',
  async look(context) {
    const stack = context.stacks.get(foundations);
    const database = stack?.outputs.DatabaseName;
    if (!database) return unknown('There is no database yet');
    const expected = context.project.datasets.flatMap(dataset => [
      ...dataset.tables,
      ...dataset.marts,
    ]);
    const there = await listTableNames(context, database);
    const missing = expected.filter(name => !there.has(name));
    if (missing.length === expected.length) {
      return unknown(
        `Database ${database} has none of them yet`,
        'The first run makes them: verify again after it',
      );
    }
    return missing.length > 0
      ? failed(
          `Database ${database} lacks ${missing.join(', ')}`,
          'See the last run: its crawlers or jobs make them',
        )
      : passed(`${expected.length} tables in ${database}`);
  },
};

/** https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html */
async function listTableNames(
  { clients, signal }: VerifyContext,
  database: string,
): Promise<Set<string>> {
  const names = new Set<string>();
  let token: string | undefined;
  do {
    const NextToken = token;
    const page = await calling(
      {
        what: `listing the tables of database ${database}`,
        action: 'glue:GetTables',
      },
      () =>
        clients.glue.send(
          new GetTablesCommand({ DatabaseName: database, NextToken }),
          { abortSignal: signal },
        ),
    );
    for (const { Name } of page.TableList ?? []) names.add(Name!);
    token = page.NextToken;
  } while (token);
  return names;
}
