import { ObserveContext, Stack, ListedResource } from '../adapter';
import { Answers, fakeClients } from './fakeClients';

export const entityRef = 'component:default/movielens';

/** A stack of environment `movielens-demo` with these resources: type and physical id. */
export function stackWith(
  resources: [type: string, id: string][],
  outputs: Record<string, string> = {},
): Stack {
  return {
    name: 'movielens-demo-foundations',
    status: 'CREATE_COMPLETE',
    tags: {
      'data-lake:project': 'movielens',
      'data-lake:environment': 'demo',
      'data-lake:entity': entityRef,
    },
    outputs,
    resources: resources.map(
      ([type, id]): ListedResource => ({
        logicalId: id,
        type,
        id,
        status: 'CREATE_COMPLETE',
      }),
    ),
  };
}

/** A context over clients that answer from a table. */
export function contextWith(
  options: { answers?: Answers; stacks?: Stack[]; signal?: AbortSignal } = {},
): ObserveContext & { asked: string[] } {
  const { clients, asked } = fakeClients(options.answers ?? {});
  const target = { account: '111122223333', region: 'eu-central-1' };
  return {
    clients,
    asked,
    environment: {
      name: 'demo',
      ...target,
      stacks: [{ ...target, name: 'movielens-demo-foundations' }],
    },
    entityRef,
    stacks: options.stacks ?? [],
    since: new Date('2026-11-01T00:00:00Z'),
    signal: options.signal ?? new AbortController().signal,
  };
}
