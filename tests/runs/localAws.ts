import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-glue';
import { ListPermissionsCommand } from '@aws-sdk/client-lakeformation';
import { AwsClientFactory } from '@data-lake/aws';

const endpoint = process.env.AWS_ENDPOINT_URL;
const emrserverless = process.env.AWS_ENDPOINT_URL_EMR_SERVERLESS;
const lakeformation = process.env.AWS_ENDPOINT_URL_LAKEFORMATION;
if (!endpoint || !emrserverless || !lakeformation) {
  throw new Error('AWS_ENDPOINT_URL is not set: run ./dev test runs');
}

export const target = { account: '000000000000', region: 'us-east-1' };

/** Clients of the local AWS, whose account is a 12-digit access key. */
export const clients = new AwsClientFactory({
  endpoints: { default: endpoint, emrserverless, lakeformation },
  credentials: {
    getCredentialProvider: async options => ({
      sdkCredentialProvider: async () => ({
        accessKeyId: options?.accountId ?? '',
        secretAccessKey: 'local',
      }),
    }),
  },
}).forTarget(target);

/** Reads all rows of a catalog table, sorted by a column. */
export async function readRows(
  database: string,
  table: string,
  order: string,
): Promise<Record<string, unknown>[]> {
  const path = `${database}/${table}?order=${order}`;
  const response = await fetch(`${endpoint}/_local-aws/tables/${path}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer.rows;
}

/** Lists Lake Formation's grants on a database and its tables as `<role> <permission>`, sorted. */
export async function listGrants(database: string): Promise<string[]> {
  const { PrincipalResourcePermissions: grants = [] } =
    await clients.lakeformation.send(new ListPermissionsCommand({}));
  return grants
    .filter(
      ({ Resource: { Database, Table } = {} }) =>
        (Database?.Name ?? Table?.DatabaseName) === database,
    )
    .flatMap(({ Principal, Permissions = [] }) =>
      Permissions.map(
        permission =>
          `${
            Principal!.DataLakePrincipalIdentifier!.split('/')[1]
          } ${permission}`,
      ),
    )
    .sort();
}

/** Tags a Glue resource, such as `job/<name>`, while a function runs. */
export async function withTag<T>(
  resource: string,
  tags: Record<string, string>,
  act: () => Promise<T>,
): Promise<T> {
  const ResourceArn = `arn:aws:glue:${target.region}:${target.account}:${resource}`;
  await clients.glue.send(
    new TagResourceCommand({ ResourceArn, TagsToAdd: tags }),
  );
  try {
    return await act();
  } finally {
    const TagsToRemove = Object.keys(tags);
    await clients.glue.send(
      new UntagResourceCommand({ ResourceArn, TagsToRemove }),
    );
  }
}

/** Reads the log of a task of a run, of all its tries. */
export async function readTaskLog(
  lake: { mwaaEnvironment: string; dagId: string },
  runId: string,
  task: string,
): Promise<string> {
  const { events = [] } = await clients.logs.send(
    new FilterLogEventsCommand({
      logGroupName: `airflow-${lake.mwaaEnvironment}-Task`,
      logStreamNamePrefix: `dag_id=${lake.dagId}/run_id=${runId}/task_id=${task}/`,
    }),
  );
  return events.map(({ message }) => message).join('\n');
}
