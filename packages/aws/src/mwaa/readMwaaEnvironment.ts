import { ListEnvironmentsCommand } from '@aws-sdk/client-mwaa';
import { InputError, NotFoundError } from '@backstage/errors';
import type { AwsClients } from '../clients/clients';
import { calling } from '../errors/errors';
import { listPages } from '../paging/listPages';
import { getMwaaEnvironment, MwaaEnvironmentState } from './getMwaaEnvironment';

/**
 * Reads the MWAA environment that a person named, and checks its Airflow version.
 *
 * @throws NotFoundError that lists the environments of the account and region
 * @throws InputError where its Airflow is not the expected version, naming both
 *
 * @public
 */
export async function readMwaaEnvironment(options: {
  clients: AwsClients;
  name: string;
  /** Optional; default any. */
  airflowVersion?: string;
  signal?: AbortSignal;
}): Promise<MwaaEnvironmentState> {
  const { clients, name, airflowVersion, signal } = options;
  const environment = await getMwaaEnvironment(clients, name, signal).catch(
    async error => {
      if (!(error instanceof NotFoundError)) throw error;
      throw await toMissing(clients, name, signal);
    },
  );
  const { airflowVersion: actual } = environment;
  if (airflowVersion && actual !== airflowVersion) {
    throw new InputError(
      `MWAA environment ${name} runs Airflow ${actual}, and ${airflowVersion} was chosen. Choose ${actual}, or another environment`,
    );
  }
  return environment;
}

async function toMissing(
  clients: AwsClients,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Error> {
  const { account, region } = clients.target;
  const names = await listMwaaEnvironmentNames(clients, { most: 25, signal });
  const existing =
    names.length > 0 ? `There are: ${names.join(', ')}` : 'There is none';
  return new NotFoundError(
    `There is no MWAA environment ${name} in account ${account}, region ${region}. ${existing}`,
  );
}

/**
 * Lists the names of the MWAA environments of an account and region.
 *
 * @see https://docs.aws.amazon.com/mwaa/latest/API/API_ListEnvironments.html
 *
 * @public
 */
export async function listMwaaEnvironmentNames(
  clients: AwsClients,
  options: { most?: number; signal?: AbortSignal } = {},
): Promise<string[]> {
  const { account, region } = clients.target;
  return calling(
    {
      what: `listing MWAA environments in ${account}/${region}`,
      action: 'airflow:ListEnvironments',
    },
    () =>
      listPages(async NextToken => {
        const page = await clients.mwaa.send(
          new ListEnvironmentsCommand({ MaxResults: 25, NextToken }),
          { abortSignal: options.signal },
        );
        return { items: page.Environments ?? [], next: page.NextToken };
      }, options),
  );
}
