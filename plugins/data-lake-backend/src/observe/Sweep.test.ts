import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Accounts } from '@data-lake/aws';
import { CollectConfig } from '../config';
import { ObservationStore } from '../store/ObservationStore';
import { ObservationQueue } from './ObservationQueue';
import { Sweep } from './Sweep';

const entity = (name: string, account?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: account
      ? {
          'data-lake/environment-demo': `arn:aws:cloudformation:eu-central-1:${account}:stack/${name}-demo-foundations`,
        }
      : {},
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/data' }],
});

function create(options: {
  pages: Entity[][];
  triedAt?: string;
  maxEntities?: number;
}) {
  const catalog = catalogServiceMock.mock();
  catalog.streamEntities.mockImplementation(async function* pages() {
    yield* options.pages;
  });
  const observed: string[] = [];
  const sweep = new Sweep({
    auth: mockServices.auth(),
    catalog,
    accounts: Accounts.fromConfig(
      new ConfigReader({
        awsDeploy: {
          accounts: [{ id: '111122223333', regions: ['eu-central-1'] }],
        },
      }),
    ),
    store: {
      read: async () => ({ triedAt: options.triedAt }),
    } as unknown as ObservationStore,
    queue: {
      request: async ({ entityRef }: { entityRef: string }) => {
        observed.push(entityRef);
      },
    } as unknown as ObservationQueue,
    logger: mockServices.logger.mock(),
    collect: CollectConfig.parse({ maxEntities: options.maxEntities }),
  });
  return { sweep, observed, catalog };
}
const { signal } = new AbortController();

describe('Sweep', () => {
  it('observes what has a pipeline in an allowed account, on all pages of the catalog', async () => {
    const { sweep, observed, catalog } = create({
      pages: [
        [entity('a', '111122223333'), entity('plain')],
        [entity('foreign', '999999999999'), entity('b', '111122223333')],
      ],
    });
    await sweep.run(signal);
    expect(observed).toEqual(['component:default/a', 'component:default/b']);
    expect(catalog.streamEntities).toHaveBeenCalledWith(expect.anything(), {
      credentials: expect.objectContaining({
        principal: expect.objectContaining({ type: 'service' }),
      }),
    });
  });

  it('leaves alone what an open page had observed', async () => {
    const { sweep, observed } = create({
      pages: [[entity('a', '111122223333')]],
      triedAt: new Date().toISOString(),
    });
    await sweep.run(signal);
    expect(observed).toEqual([]);
  });

  it('walks the catalog once in a while only, and is bounded', async () => {
    const { sweep, observed, catalog } = create({
      pages: [['a', 'b', 'c'].map(name => entity(name, '111122223333'))],
      maxEntities: 2,
    });
    await sweep.run(signal);
    await sweep.run(signal);
    expect(catalog.streamEntities).toHaveBeenCalledTimes(1);
    expect(observed).toHaveLength(4);
  });

  it('stops when told to', async () => {
    const { sweep, observed } = create({
      pages: [[entity('a', '111122223333')]],
    });
    await sweep.run(AbortSignal.abort());
    expect(observed).toEqual([]);
  });
});
