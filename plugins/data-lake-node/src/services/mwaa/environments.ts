import {
  GetEnvironmentCommand,
  ListEnvironmentsCommand,
} from '@aws-sdk/client-mwaa';
import { MwaaEnvironment } from '@data-lake/plugin-data-lake-common';
import pLimit from 'p-limit';
import { AwsClients, calling, listPages } from '@data-lake/aws';

/** An account has ten environments a region unless its quota was raised. */
const mostEnvironments = 50;

/**
 * The MWAA environments of an account and region, as a form offers them.
 *
 * @see https://docs.aws.amazon.com/mwaa/latest/API/API_ListEnvironments.html
 * @public
 */
export async function listMwaaEnvironments(
  clients: AwsClients,
  signal?: AbortSignal,
): Promise<MwaaEnvironment[]> {
  const { account, region } = clients.target;
  const names = await calling(
    {
      what: `listing MWAA environments in ${account}/${region}`,
      action: 'airflow:ListEnvironments',
    },
    () =>
      listPages(
        async NextToken => {
          const page = await clients.mwaa.send(
            new ListEnvironmentsCommand({ MaxResults: 25, NextToken }),
            { abortSignal: signal },
          );
          return { items: page.Environments ?? [], next: page.NextToken };
        },
        { most: mostEnvironments },
      ),
  );
  const limit = pLimit(4);
  return Promise.all(
    names.sort().map(name => limit(() => describe(clients, name, signal))),
  );
}

function describe(
  clients: AwsClients,
  name: string,
  signal: AbortSignal | undefined,
): Promise<MwaaEnvironment> {
  return calling(
    {
      what: `reading MWAA environment ${name}`,
      action: 'airflow:GetEnvironment',
    },
    async () => {
      const { Environment } = await clients.mwaa.send(
        new GetEnvironmentCommand({ Name: name }),
        { abortSignal: signal },
      );
      return {
        name,
        status: Environment?.Status ?? 'unknown',
        airflowVersion: Environment?.AirflowVersion ?? 'unknown',
      };
    },
  );
}
