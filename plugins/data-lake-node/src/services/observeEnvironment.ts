import type { AwsClients } from '@data-lake/aws';
import {
  DagRef,
  DeployedEnvironment,
  EnvironmentObservation,
  joinRuns,
  lookUpState,
  ObservedResource,
} from '@data-lake/plugin-data-lake-common';
import { ServiceAdapter, ServiceObservation, Stack } from './adapter';
import { resourceHealth } from './cloudformation/status';
import { observeService } from './observeService';
import { adapters, findServiceOf } from './registry';
import { toResourceName } from './toResourceName';
import { toResourceUrl } from './toResourceUrl';

/** @public */
export interface ObserveOptions {
  clients: AwsClients;
  environment: DeployedEnvironment;
  entityRef: string;
  /** The entity's owner, as the catalog has it; a stack that is tagged with another one is not read. */
  owner?: string;
  /** Runs older than this are not read again. */
  since: Date;
  signal: AbortSignal;
}

/**
 * Observes one environment: its stacks first, then all services concurrently, then joins their runs. A
 * service that fails is a Problem beside the rest.
 *
 * @throws only the reason of `signal` once that is aborted
 * @public
 */
export async function observeEnvironment(
  options: ObserveOptions,
): Promise<EnvironmentObservation> {
  const { cloudformation, ...others } = adapters;
  const first = await observeService(cloudformation, {
    ...options,
    stacks: [],
  });
  const { stacks } = first;
  const rest =
    stacks.length === 0
      ? []
      : await Promise.all(
          Object.values<ServiceAdapter>(others).map(adapter =>
            observeService(adapter, { ...options, stacks }),
          ),
        );
  const all: ServiceObservation[] = [first, ...rest];
  const resources = all.flatMap(observation => observation.resources);
  return {
    resources: [
      ...resources,
      ...listUndescribed(stacks, resources, options.environment),
    ],
    runs: joinRuns(all.flatMap(observation => observation.parts)),
    problems: all.flatMap(observation => observation.problems),
    schedule: all.find(observation => observation.schedule)?.schedule,
    dag: findDag(resources),
  };
}

/**
 * Lists the resources of the stacks that no adapter described. If their service has an adapter, their
 * health is unknown; of the others (buckets, roles, keys) the stack's status tells it.
 */
function listUndescribed(
  stacks: Stack[],
  described: ObservedResource[],
  environment: DeployedEnvironment,
): ObservedResource[] {
  const seen = new Set(described.map(({ type, id }) => `${type} ${id}`));
  return stacks
    .flatMap(stack => stack.resources)
    .filter(({ type, id }) => !seen.has(`${type} ${id}`))
    .map(resource => {
      const service = findServiceOf(resource.type);
      const health = lookUpState(resourceHealth, resource.status);
      const isUnread = service !== undefined && health === 'healthy';
      const id = resource.id || resource.logicalId;
      return {
        service: service ?? 'cloudformation',
        type: resource.type,
        id,
        name: toResourceName(id),
        health: isUnread ? 'unknown' : health,
        status: resource.status,
        reason: resource.reason,
        facts: [],
        updatedAt: resource.updatedAt,
        consoleUrl: toResourceUrl(environment, resource),
      };
    });
}

function findDag(resources: ObservedResource[]): DagRef | undefined {
  const environment = resources.find(r => r.type === 'AWS::MWAA::Environment');
  const dag = resources.find(r => r.type === 'AWS::MWAA::DAG');
  if (!environment || !dag || dag.health === 'gone') return undefined;
  return { environment: environment.id, dagId: dag.id };
}
