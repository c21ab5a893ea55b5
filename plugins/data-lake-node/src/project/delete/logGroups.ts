import {
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { NotFoundError } from '@backstage/errors';
import { AwsClients, calling, listPages } from '@data-lake/aws';

interface Options {
  clients: AwsClients;
  /** `P-E` */
  prefix: string;
  signal?: AbortSignal;
}

/** How the names of an environment's log groups begin: those of its stacks, and those that AWS makes itself. */
export const toLogGroupPrefixes = (prefix: string): string[] => [
  `/aws-glue/crawlers-role/${prefix}-`,
  `/aws-glue/jobs/${prefix}-`,
  `/aws/lambda/${prefix}-`,
  `/aws/vendedlogs/states/${prefix}-`,
  `airflow-${prefix}-`,
];

/** Lists the names of an environment's log groups. */
export async function listLogGroups(options: Options): Promise<string[]> {
  const { clients, prefix, signal } = options;
  const lists = await Promise.all(
    toLogGroupPrefixes(prefix).map(logGroupNamePrefix =>
      listPages(async nextToken => {
        const page = await calling(
          {
            what: `listing the log groups ${logGroupNamePrefix}…`,
            action: 'logs:DescribeLogGroups',
          },
          () =>
            clients.logs.send(
              new DescribeLogGroupsCommand({ logGroupNamePrefix, nextToken }),
              { abortSignal: signal },
            ),
        );
        return { items: page.logGroups ?? [], next: page.nextToken };
      }),
    ),
  );
  return lists.flat().map(({ logGroupName }) => logGroupName!);
}

/** Deletes a log group; one that is gone is no error. */
export async function deleteLogGroup(
  { clients, signal }: Pick<Options, 'clients' | 'signal'>,
  logGroupName: string,
): Promise<void> {
  try {
    await calling(
      {
        what: `deleting log group ${logGroupName}`,
        action: 'logs:DeleteLogGroup',
      },
      () =>
        clients.logs.send(new DeleteLogGroupCommand({ logGroupName }), {
          abortSignal: signal,
        }),
    );
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
