import {
  GetDatabaseCommand,
  GetTablesCommand,
  Table,
} from '@aws-sdk/client-glue';
import { ObservedResource } from '@data-lake/plugin-data-lake-common';
import { consoleUrl, listPages } from '@data-lake/aws';
import { ObserveContext } from '../adapter';
import { toTimestamp } from '../toTimestamp';

const mostTables = 200;

/** https://docs.aws.amazon.com/glue/latest/webapi/API_GetDatabase.html */
export async function readDatabase(context: ObserveContext, name: string) {
  const { Database } = await context.clients.glue.send(
    new GetDatabaseCommand({ Name: name }),
    { abortSignal: context.signal },
  );
  return {
    name: Database?.Name,
    health: 'healthy' as const,
    status: 'defined',
    facts: Database?.LocationUri
      ? [{ label: 'Location', text: Database.LocationUri }]
      : [],
    updatedAt: toTimestamp(Database?.CreateTime),
  };
}

/** The tables that crawlers and jobs made. https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html */
export async function listTables(
  context: ObserveContext,
  database: string,
): Promise<ObservedResource[]> {
  const tables = await listPages(
    async NextToken => {
      const page = await context.clients.glue.send(
        new GetTablesCommand({ DatabaseName: database, NextToken }),
        { abortSignal: context.signal },
      );
      return { items: page.TableList ?? [], next: page.NextToken };
    },
    { most: mostTables },
  );
  return tables.map(table => toResource(context, database, table));
}

function toResource(
  context: ObserveContext,
  database: string,
  table: Table,
): ObservedResource {
  const rows = table.Parameters?.recordCount ?? table.Parameters?.numRows;
  return {
    service: 'glue',
    type: 'AWS::Glue::Table',
    id: `${database}.${table.Name}`,
    name: table.Name!,
    health: 'healthy',
    status: 'defined',
    facts: [
      { label: 'Rows', text: rows ?? 'not counted' },
      {
        label: 'Format',
        text: table.Parameters?.classification ?? 'unknown',
      },
      {
        label: 'Location',
        text: table.StorageDescriptor?.Location ?? 'unknown',
      },
    ],
    updatedAt: toTimestamp(table.UpdateTime ?? table.CreateTime),
    consoleUrl: consoleUrl(context.environment, {
      of: 'glue-table',
      database,
      name: table.Name!,
    }),
  };
}
