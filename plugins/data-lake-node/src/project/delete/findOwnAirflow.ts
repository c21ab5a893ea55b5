import { isOwnedBy } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import { EnvironmentAuthority } from '../../access/EnvironmentAuthority';
import { foundations } from '../spec/stackOrder';
import { TeardownRequest, toConfirmation } from './TeardownRequest';

/** Where an environment's DAG runs. */
export interface OwnAirflow {
  /** Name of the MWAA environment. */
  environment: string;
  /** `P-E`. */
  dagId: string;
}

/**
 * Finds the DAG of an environment: its id is `P-E`, as the name of its own foundations stack tells it. The
 * stack's outputs only tell in which Airflow to look; what is there must be the environment's by itself.
 *
 * @returns undefined if the stack is gone, another entity's, or names no MWAA environment
 */
export async function findOwnAirflow(
  options: Pick<TeardownRequest, 'environment' | 'entityRef'> &
    Pick<EnvironmentAuthority, 'authorizeStack'> & {
      clients: AwsClients;
      signal?: AbortSignal;
    },
): Promise<OwnAirflow | undefined> {
  const { clients, environment, entityRef, authorizeStack, signal } = options;
  const prefix = toConfirmation(environment);
  const stack = await findStack(clients, `${prefix}-${foundations}`, signal);
  if (!stack || !isOwnedBy(stack.tags, entityRef)) return undefined;
  await authorizeStack(stack.tags);
  const name = stack.outputs.MwaaEnvironmentName;
  return name ? { environment: name, dagId: prefix } : undefined;
}
