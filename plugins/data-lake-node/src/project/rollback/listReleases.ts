import { GetParameterHistoryCommand } from '@aws-sdk/client-ssm';
import { NotFoundError } from '@backstage/errors';
import { AwsClients, calling } from '@data-lake/aws';

/** A release that an environment ran at some time. @public */
export interface FormerRelease {
  /** `releases/<digest>/` */
  prefix: string;
  /** When the stack switched to it, ISO 8601. */
  since?: string;
}

/**
 * The releases of an environment in the order in which it ran them, the present one last: the history
 * of the SSM parameter that points at it, which reaches 100 switches back. None before the first one.
 *
 * @public
 */
export async function listReleases(options: {
  clients: AwsClients;
  project: string;
  environment: string;
  signal?: AbortSignal;
}): Promise<FormerRelease[]> {
  const { clients, project, environment, signal } = options;
  const Name = `/data-lake/${project}/${environment}/release-prefix`;
  const releases: FormerRelease[] = [];
  let NextToken: string | undefined;
  try {
    do {
      const input = { Name, NextToken };
      const page = await calling(
        {
          what: `reading the history of parameter ${Name}`,
          action: 'ssm:GetParameterHistory',
        },
        () =>
          clients.ssm.send(new GetParameterHistoryCommand(input), {
            abortSignal: signal,
          }),
      );
      for (const { Value, LastModifiedDate } of page.Parameters ?? []) {
        // a change of its description or tags is a version too
        if (!Value || releases.at(-1)?.prefix === Value) continue;
        releases.push({
          prefix: Value,
          since: LastModifiedDate?.toISOString(),
        });
      }
      NextToken = page.NextToken;
    } while (NextToken);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  return releases;
}
