import {
  EnvironmentRef,
  Problem,
  Resource,
  Run,
} from '@data-lake/plugin-data-lake-common';
import type { AwsClients } from '@data-lake/aws';
import { Observation, Schedule, ServiceAdapter, Stack } from './adapter';
import { resourceHealth } from './cloudformation/status';
import { joinRuns } from './join';
import { known } from './known';
import { adapters, findServiceOf } from './registry';
import { resourceUrl } from './resourceUrl';

/** Everything about one environment at one time. @public */
export interface EnvironmentObservation {
  resources: Resource[];
  /** Newest first; only those that {@link ObserveOptions.since} asks for. */
  runs: Run[];
  problems: Problem[];
  schedule?: Schedule;
  /** Where a run can be started; absent while the stacks tell no DAG. */
  trigger?: { environment: string; dagId: string };
}

/** @public */
export interface ObserveOptions {
  clients: AwsClients;
  environment: EnvironmentRef;
  entityRef: string;
  since: Date;
  signal: AbortSignal;
}

/**
 * Observes one environment: its stacks first, then all services side by side, then the join. One
 * service that fails is a Problem beside the rest.
 *
 * @throws only the reason of `signal` once that is aborted
 * @public
 */
export async function observeEnvironment(
  options: ObserveOptions,
): Promise<EnvironmentObservation> {
  const { cloudformation, ...others } = adapters;
  const first = await cloudformation.observe({ ...options, stacks: [] });
  const { stacks } = first;
  const rest = await Promise.all(
    Object.values<ServiceAdapter>(others).map(adapter =>
      stacks.length > 0
        ? adapter.observe({ ...options, stacks })
        : { resources: [], traces: [], problems: [] },
    ),
  );
  const all: Observation[] = [first, ...rest];
  const resources = all.flatMap(observation => observation.resources);
  return {
    resources: [
      ...resources,
      ...toUnread(stacks, resources, options.environment),
    ],
    runs: joinRuns(all.flatMap(observation => observation.traces)),
    problems: all.flatMap(observation => observation.problems),
    schedule: all.find(observation => observation.schedule)?.schedule,
    trigger: findTrigger(resources),
  };
}

/**
 * What the stacks made and no adapter described. Of a service that has an adapter it is unknown;
 * of the others (buckets, roles, keys) the stack is the one that knows.
 */
function toUnread(
  stacks: Stack[],
  described: Resource[],
  environment: EnvironmentRef,
): Resource[] {
  const seen = new Set(described.map(({ type, id }) => `${type} ${id}`));
  return stacks
    .flatMap(stack => stack.resources)
    .filter(({ type, id }) => !seen.has(`${type} ${id}`))
    .map(resource => {
      const service = findServiceOf(resource.type);
      const own = known(resourceHealth, resource.status);
      const unread = service !== undefined && own === 'healthy';
      return {
        service: service ?? 'cloudformation',
        type: resource.type,
        id: resource.id || resource.logicalId,
        name: toName(resource.id || resource.logicalId),
        health: unread ? 'unknown' : own,
        status: resource.status,
        reason: resource.reason,
        facts: [],
        updatedAt: resource.updatedAt,
        consoleUrl: resourceUrl(environment, resource),
      };
    });
}

/** `arn:aws:sns:eu-central-1:123456789012:movielens-demo-alerts` → `movielens-demo-alerts` */
const toName = (id: string) =>
  id.startsWith('arn:') ? id.split(':').pop()! : id;

function findTrigger(resources: Resource[]) {
  const environment = resources.find(r => r.type === 'AWS::MWAA::Environment');
  const dag = resources.find(r => r.type === 'AWS::MWAA::DAG');
  if (!environment || !dag || dag.health === 'gone') return undefined;
  return { environment: environment.id, dagId: dag.id };
}
