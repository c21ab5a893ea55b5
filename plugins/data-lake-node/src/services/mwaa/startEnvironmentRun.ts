import { NotAllowedError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import { ObservedEnvironment } from '@data-lake/plugin-data-lake-common';
import { findOwnPrefix } from '../../access/dag';
import { findForeignReason } from '../../access/findForeignReason';
import { getOwnDag } from './getOwnDag';
import { explainAbort } from './explainAbort';
import { lateStart, startDagRun } from './startDagRun';

/** A run to start. @public */
export interface EnvironmentRunRequest {
  environment: ObservedEnvironment;
  /** Name of the MWAA environment. */
  airflow: string;
  /** Chosen by the caller: Airflow starts one run for each id, however often it is requested. */
  runId: string;
  conf: Record<string, unknown>;
  signal: AbortSignal;
}

/**
 * Starts a run of an environment's DAG, once for each run id. That its stacks and its DAG are the entity's is
 * read now: what was observed before may have been another owner's.
 *
 * @returns the run id
 * @throws NotAllowedError if a stack or the DAG is another's; the errors of `startDagRun`
 * @public
 */
export async function startEnvironmentRun(
  clients: AwsClients,
  request: EnvironmentRunRequest,
): Promise<string> {
  const what = `Starting a run in ${request.environment.name}`;
  return explainAbort({ signal: request.signal, what, late: lateStart }, () =>
    startOwnRun(clients, request),
  );
}

async function startOwnRun(
  clients: AwsClients,
  request: EnvironmentRunRequest,
): Promise<string> {
  const { environment, airflow, runId, conf, signal } = request;
  const { entityRef } = environment;
  const prefix = findOwnPrefix(await listOwnStacks(clients, request));
  if (!prefix) {
    throw new NotAllowedError(
      `No run is started in ${environment.name}: none of its stacks is a foundations stack, whose name tells its DAG`,
    );
  }
  const dag = { environment: airflow, dagId: prefix, entityRef, prefix };
  await getOwnDag({ clients, signal }, dag);
  return startDagRun(clients, { ...dag, runId, conf, signal });
}

async function listOwnStacks(
  clients: AwsClients,
  { environment, signal }: EnvironmentRunRequest,
): Promise<{ name: string }[]> {
  const own: { name: string }[] = [];
  for (const { name } of environment.stacks) {
    const stack = await findStack(clients, name, signal);
    if (!stack) continue;
    const foreign = findForeignReason(stack.tags, environment);
    if (foreign) {
      throw new NotAllowedError(`Stack ${name} is not used: ${foreign}`);
    }
    own.push(stack);
  }
  return own;
}
