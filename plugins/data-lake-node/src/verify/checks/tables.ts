import { GetTablesCommand } from '@aws-sdk/client-glue';
import { calling, listPages } from '@data-lake/aws';
import { foundations } from '../../project/spec/stackOrder';
import { failed, passed, unknown } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';
import { VerifyContext } from '../VerifyContext';

/** The Glue catalog has the tables that project.yaml names; the first run makes them. */
export const tablesCheck: ProjectCheck = {
  id: 'tables',
  title: 'The tables are in the Glue catalog',
  async run(context) {
    const stack = context.stacks.get(foundations);
    const database = stack?.outputs.DatabaseName;
    if (!database) return unknown('There is no database yet');
    const expected = context.project.datasets.flatMap(({ tables, marts }) => [
      ...tables,
      ...marts,
    ]);
    const present = await listTableNames(context, database);
    const missing = expected.filter(name => !present.includes(name));
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
function listTableNames(
  { clients, signal }: VerifyContext,
  database: string,
): Promise<string[]> {
  return listPages(async NextToken => {
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
    const names = (page.TableList ?? []).map(({ Name }) => Name!);
    return { items: names, next: page.NextToken };
  });
}
