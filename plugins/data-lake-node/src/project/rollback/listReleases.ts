import { GetParameterHistoryCommand } from '@aws-sdk/client-ssm';
import { NotFoundError } from '@backstage/errors';
import { AwsClients, calling, listPages } from '@data-lake/aws';

/** A release that an environment ran at some time. @public */
export interface FormerRelease {
  /** `releases/<digest>/` */
  prefix: string;
  /** Time when the stack switched to it, in ISO 8601. */
  since?: string;
}

/**
 * Lists the releases of an environment in the order in which it ran them, the present one last: the history
 * of the SSM parameter that names the release, which reaches 100 switches back. Empty before the first one.
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
  const history = await listPages(async NextToken => {
    const page = await calling(
      {
        what: `reading the history of parameter ${Name}`,
        action: 'ssm:GetParameterHistory',
      },
      () =>
        clients.ssm.send(new GetParameterHistoryCommand({ Name, NextToken }), {
          abortSignal: signal,
        }),
    );
    return { items: page.Parameters ?? [], next: page.NextToken };
  }).catch(error => {
    if (error instanceof NotFoundError) return [];
    throw error;
  });
  const releases: FormerRelease[] = [];
  for (const { Value, LastModifiedDate } of history) {
    // a change of the parameter's description or tags is a version too
    if (!Value || releases.at(-1)?.prefix === Value) continue;
    releases.push({ prefix: Value, since: LastModifiedDate?.toISOString() });
  }
  return releases;
}
