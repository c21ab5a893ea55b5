import { AwsClients } from '@data-lake/aws';
import { findRoleQuota } from '@data-lake/plugin-data-lake-node';
import { StepContext } from './stepContext';

/** Finds what keeps the role of an MWAA environment from running one more DAG, and warns of what may. */
export async function findFullRole(
  { logger, signal }: Pick<StepContext<unknown>, 'logger' | 'signal'>,
  options: { clients: AwsClients; role: string; prefix: string },
): Promise<string | undefined> {
  const found = await findRoleQuota({ ...options, signal });
  if (found?.isCertain) return found.text;
  if (found) logger.warn(found.text);
  return undefined;
}
