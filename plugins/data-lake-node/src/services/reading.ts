import {
  Problem,
  Resource,
  ServiceId,
} from '@data-lake/plugin-data-lake-common';
import pLimit from 'p-limit';
import { Doing, translateAwsError } from '@data-lake/aws';
import { ObserveContext, StackResource } from './adapter';
import { resourceUrl } from './resourceUrl';

/** What a service says of one resource; the rest of it the stack has told. */
export type ResourceState = Pick<
  Resource,
  'health' | 'status' | 'reason' | 'facts' | 'updatedAt'
> & { name?: string };

/** Calls of one adapter at a time: eight adapters read side by side, and quotas are small. */
const callsAtOnce = 4;

/**
 * How an adapter reads: what one call cannot read becomes a Problem, and the next call goes on.
 * Only an abort is thrown.
 */
export function reading(context: ObserveContext, service: ServiceId) {
  const problems: Problem[] = [];
  const limit = pLimit(callsAtOnce);

  const note = (error: Error): Problem => {
    const problem = {
      service,
      health: problemHealth(error),
      message: toLine(error),
    };
    problems.push(problem);
    return problem;
  };

  const translate = (error: unknown, doing: Doing): Error => {
    context.signal.throwIfAborted();
    return translateAwsError(error, doing);
  };

  const toResource = (
    resource: StackResource,
    state: ResourceState,
  ): Resource => ({
    service,
    type: resource.type,
    id: resource.id,
    name: state.name ?? toName(resource.id),
    health: state.health,
    status: state.status,
    reason: state.reason,
    facts: state.facts,
    updatedAt: state.updatedAt,
    consoleUrl: resourceUrl(context.environment, resource),
  });

  /** A resource that could not be read; why is a Problem already. */
  const failed = (
    resource: StackResource,
    health: Resource['health'] = 'unknown',
  ): Resource =>
    toResource(resource, { health, status: 'not read', facts: [] });

  /** @returns nothing where it could not be read */
  const attempt = async <T>(
    doing: Doing,
    read: () => Promise<T>,
  ): Promise<T | undefined> => {
    context.signal.throwIfAborted();
    try {
      return await read();
    } catch (error) {
      note(translate(error, doing));
      return undefined;
    }
  };

  /** A resource of the stack that its service does not know any more is `gone`, and no Problem. */
  const describe = async (
    resource: StackResource,
    doing: Doing,
    read: () => Promise<ResourceState>,
  ): Promise<Resource> => {
    context.signal.throwIfAborted();
    try {
      return toResource(resource, await read());
    } catch (error) {
      const told = translate(error, doing);
      if (told.name === 'NotFoundError') {
        return toResource(resource, {
          health: 'gone',
          status: 'not found',
          reason: `The stack made it, and it is not there any more`,
          facts: [],
        });
      }
      return failed(resource, note(told).health);
    }
  };

  const describeAll = (
    resources: StackResource[],
    how: (resource: StackResource) => {
      doing: Doing;
      read: () => Promise<ResourceState>;
    },
  ): Promise<Resource[]> =>
    Promise.all(
      resources.map(resource =>
        limit(() => {
          const { doing, read } = how(resource);
          return describe(resource, doing, read);
        }),
      ),
    );

  return {
    problems,
    limit,
    attempt,
    describe,
    describeAll,
    failed,
    toResource,
  };
}

/** Backstage's errors repeat their cause in the message; the page needs one line of it. @public */
export function toLine(error: Error): string {
  return error.message.split('; caused by ')[0].replace(/\s+/g, ' ').trim();
}

/** What an error means for the health: never more than is known. @public */
export function problemHealth(error: Error): Problem['health'] {
  if (error.name === 'NotAllowedError') return 'denied';
  if (error.name === 'NotFoundError') return 'gone';
  return 'unknown';
}

/** `arn:aws:states:eu-central-1:123456789012:stateMachine:movielens-demo` → `movielens-demo` */
function toName(id: string): string {
  return id.startsWith('arn:') ? id.split(':').pop()! : id;
}
