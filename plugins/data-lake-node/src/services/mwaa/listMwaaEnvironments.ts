import {
  AwsClients,
  getMwaaEnvironment,
  listMwaaEnvironmentNames,
} from '@data-lake/aws';
import { MwaaEnvironment } from '@data-lake/plugin-data-lake-common';
import pLimit from 'p-limit';

/** An account has ten environments a region unless its quota was raised. */
const mostEnvironments = 50;
const maxConcurrentCalls = 4;

/**
 * Lists the MWAA environments of an account and region, as a form offers them.
 *
 * @public
 */
export async function listMwaaEnvironments(
  clients: AwsClients,
  signal?: AbortSignal,
): Promise<MwaaEnvironment[]> {
  const options = { most: mostEnvironments, signal };
  const names = await listMwaaEnvironmentNames(clients, options);
  const limit = pLimit(maxConcurrentCalls);
  return Promise.all(
    names.sort().map(name =>
      limit(async () => {
        const found = await getMwaaEnvironment(clients, name, signal);
        const { status, airflowVersion } = found;
        return { name, status, airflowVersion };
      }),
    ),
  );
}
