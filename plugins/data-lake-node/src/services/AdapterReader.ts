import { Doing, translateAwsError } from '@data-lake/aws';
import {
  ObservedResource,
  Problem,
  ServiceId,
} from '@data-lake/plugin-data-lake-common';
import pLimit from 'p-limit';
import { ListedResource, ObserveContext } from './adapter';
import { toProblem } from './toProblem';
import { toResourceName } from './toResourceName';
import { toResourceUrl } from './toResourceUrl';

/** The service's share of a description; the stack's listing gives the rest. */
export type ResourceState = Pick<
  ObservedResource,
  'health' | 'status' | 'reason' | 'facts' | 'updatedAt'
> & { name?: string };

/** Concurrent calls of one adapter: eight adapters read at the same time, and quotas are small. */
const maxConcurrentCalls = 4;

/**
 * Reads for one adapter: a call that fails becomes a Problem, and the next call goes on. Only an abort
 * is thrown.
 */
export class AdapterReader {
  readonly problems: Problem[] = [];
  readonly limit = pLimit(maxConcurrentCalls);

  constructor(
    private readonly context: ObserveContext,
    private readonly service: ServiceId,
  ) {}

  /** @returns undefined if it could not be read */
  async attempt<T>(
    doing: Doing,
    read: () => Promise<T>,
  ): Promise<T | undefined> {
    this.context.signal.throwIfAborted();
    try {
      return await read();
    } catch (error) {
      this.addProblem(this.translate(error, doing));
      return undefined;
    }
  }

  /** Describes a resource of the stack; one that its service does not know any more is `gone`, and no Problem. */
  async describe(
    resource: ListedResource,
    doing: Doing,
    read: () => Promise<ResourceState>,
  ): Promise<ObservedResource> {
    this.context.signal.throwIfAborted();
    try {
      return this.toResource(resource, await read());
    } catch (error) {
      const translated = this.translate(error, doing);
      if (translated.name === 'NotFoundError') {
        return this.toResource(resource, goneState);
      }
      return this.toUnread(resource, this.addProblem(translated).health);
    }
  }

  describeAll(
    resources: ListedResource[],
    how: (resource: ListedResource) => {
      doing: Doing;
      read: () => Promise<ResourceState>;
    },
  ): Promise<ObservedResource[]> {
    return Promise.all(
      resources.map(resource =>
        this.limit(() => {
          const { doing, read } = how(resource);
          return this.describe(resource, doing, read);
        }),
      ),
    );
  }

  toResource(resource: ListedResource, state: ResourceState): ObservedResource {
    return {
      service: this.service,
      type: resource.type,
      id: resource.id,
      name: state.name ?? toResourceName(resource.id),
      health: state.health,
      status: state.status,
      reason: state.reason,
      facts: state.facts,
      updatedAt: state.updatedAt,
      consoleUrl: toResourceUrl(this.context.environment, resource),
    };
  }

  /** A resource that could not be read; the reason is a Problem already. */
  toUnread(
    resource: ListedResource,
    health: ObservedResource['health'] = 'unknown',
  ): ObservedResource {
    return this.toResource(resource, { health, status: 'not read', facts: [] });
  }

  private addProblem(error: Error): Problem {
    const problem = toProblem(this.service, error);
    this.problems.push(problem);
    return problem;
  }

  private translate(error: unknown, doing: Doing): Error {
    this.context.signal.throwIfAborted();
    return translateAwsError(error, doing);
  }
}

/** The state of a resource that the stack lists and the service does not know. */
export const goneState: ResourceState = {
  health: 'gone',
  status: 'not found',
  reason: 'The stack created it, and it no longer exists',
  facts: [],
};
