import { isOwnedBy } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import { EnvironmentAuthority } from '../../access/EnvironmentAuthority';
import { foundations } from '../spec/stackOrder';
import { toMadeBucketName } from '../spec/toMadeBucketName';
import { TeardownRequest, toConfirmation } from './TeardownRequest';

/** Where an environment's DAG runs. */
export interface OwnAirflow {
  /** Name of the MWAA environment. */
  environment: string;
  /** `P-E`. */
  dagId: string;
}

/** What the foundations stack of an environment tells of what is beside it. */
export interface Foundations {
  /** Absent if the stack names no MWAA environment. */
  airflow?: OwnAirflow;
  /** Buckets that the stack was given, and what the environment holds in them. */
  given: { name: string; holds: string }[];
}

/**
 * Finds what the environment's own foundations stack tells. Its DAG has the id `P-E`, as the stack's name tells it;
 * its outputs only tell in which Airflow to look, and which buckets to name: what is there must be the environment's
 * by itself.
 *
 * @returns undefined if the stack is gone, or another entity's
 */
export async function findFoundations(
  options: Pick<TeardownRequest, 'environment' | 'entityRef'> &
    Pick<EnvironmentAuthority, 'authorizeStack'> & {
      clients: AwsClients;
      signal?: AbortSignal;
    },
): Promise<Foundations | undefined> {
  const { clients, environment, entityRef, authorizeStack, signal } = options;
  const prefix = toConfirmation(environment);
  const stack = await findStack(clients, `${prefix}-${foundations}`, signal);
  if (!stack || !isOwnedBy(stack.tags, entityRef)) return undefined;
  await authorizeStack(stack.tags);
  const { MwaaEnvironmentName, DataBucketName, CodeBucketName } = stack.outputs;
  const isGiven = ({
    name,
    thing,
  }: {
    name?: string;
    thing: 'data' | 'code';
  }) =>
    name !== undefined &&
    name !== toMadeBucketName(prefix, thing, clients.target);
  return {
    airflow: MwaaEnvironmentName
      ? { environment: MwaaEnvironmentName, dagId: prefix }
      : undefined,
    given: [
      { name: DataBucketName, thing: 'data' as const, holds: 'its data' },
      { name: CodeBucketName, thing: 'code' as const, holds: 'its releases' },
    ]
      .filter(isGiven)
      .map(({ name, holds }) => ({ name, holds })),
  };
}
