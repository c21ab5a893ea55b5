import { ObservedEnvironment } from '@data-lake/plugin-data-lake-common';
import * as fc from 'fast-check';
import { ObservationQueue } from './ObservationQueue';
import { RateLimiter } from './RateLimiter';

const environment = (
  entity: string,
  name = 'demo',
  account = '111122223333',
): ObservedEnvironment => ({
  entityRef: `component:default/${entity}`,
  name,
  account,
  region: 'eu-central-1',
  stacks: [],
});

/** A queue whose rate the test gives, one by one. */
function create() {
  const observed: string[] = [];
  const running = new Set<string>();
  const grants: (() => void)[] = [];
  const queue = new ObservationQueue({
    observer: {
      observe: async ({ entityRef, name }) => {
        observed.push(`${entityRef.split('/')[1]} ${name}`);
      },
      isObserving: ({ entityRef }) => running.has(entityRef),
    },
    rateLimiter: {
      acquire: () => new Promise<void>(resolve => grants.push(resolve)),
    } as unknown as RateLimiter,
  });
  const grant = async (times = 1) => {
    for (let i = 0; i < times; i++) {
      grants.shift()?.();
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  return { queue, observed, running, grant };
}

describe('ObservationQueue', () => {
  it('is one observation for all who request it meanwhile', async () => {
    const { queue, observed, grant } = create();
    const first = queue.request(environment('a'));
    expect(queue.request(environment('a'))).toBe(first);
    expect(queue.isPending(environment('a'))).toBe(true);
    await grant(3);
    await first;
    expect(observed).toEqual(['a demo']);
    expect(queue.isPending(environment('a'))).toBe(false);
  });

  it('joins an observation that runs', async () => {
    const { queue, observed, running } = create();
    running.add('component:default/a');
    await queue.request(environment('a'));
    expect(observed).toEqual(['a demo']);
  });

  it('observes what waits after a flood of another entity at its next turn', async () => {
    const { queue, observed, grant } = create();
    const flood = () =>
      ['e1', 'e2', 'e3', 'e4'].forEach(
        name => void queue.request(environment('flood', name)),
      );
    flood();
    void queue.request(environment('a'));
    for (let i = 0; i < 3; i++) {
      await grant();
      flood();
    }
    expect(observed).toEqual(['flood e1', 'a demo', 'flood e2']);
  });

  it('lets no account wait for another', async () => {
    const { queue, observed, grant } = create();
    void queue.request(environment('a'));
    void queue.request(environment('b', 'demo', '999999999999'));
    await grant(2);
    expect(observed).toEqual(['a demo', 'b demo']);
  });

  it('observes each of n waiting entities within n turns, however often others are requested', async () => {
    const anyRequests = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', 'y')),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(anyRequests, async requests => {
        const { queue, observed, grant } = create();
        const request = () =>
          requests.forEach(
            ([entity, name]) => void queue.request(environment(entity, name)),
          );
        request();
        const entities = new Set(requests.map(([entity]) => entity));
        for (const _ of entities) {
          await grant();
          request();
        }
        const seen = observed.map(text => text.split(' ')[0]);
        expect(new Set(seen)).toEqual(entities);
      }),
      { numRuns: 50 },
    );
  });
});
