import { mockServices } from '@backstage/backend-test-utils';
import { AwsClientFactory } from '@data-lake/aws';
import { observeEnvironment } from '@data-lake/plugin-data-lake-node';
import { CollectConfig } from '../config';
import { ObservationStore, StoredObservation } from '../store/ObservationStore';
import { ChangeNotifier } from './ChangeNotifier';
import { EnvironmentObserver } from './EnvironmentObserver';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  observeEnvironment: jest.fn(),
}));
const observe = jest.mocked(observeEnvironment);

const where = { account: '111122223333', region: 'eu-central-1' };
const environment = {
  entityRef: 'component:default/movielens',
  name: 'demo',
  ...where,
  stacks: [{ ...where, name: 's' }],
};
const observation = { resources: [], runs: [], problems: [] };

function create(
  options: { stored?: Partial<StoredObservation>; claimed?: boolean } = {},
) {
  const store = {
    claim: jest.fn().mockResolvedValue(options.claimed ?? true),
    read: jest.fn().mockResolvedValue({
      observing: false,
      resources: [],
      problems: [],
      runs: [],
      ...options.stored,
    }),
    save: jest.fn(),
    saveFailure: jest.fn(),
  };
  const notifier = { notify: jest.fn() };
  const observer = new EnvironmentObserver({
    clients: { forTarget: jest.fn() } as unknown as AwsClientFactory,
    store: store as unknown as ObservationStore,
    notifier: notifier as unknown as ChangeNotifier,
    logger: mockServices.logger.mock(),
    collect: CollectConfig.parse({}),
  });
  return { observer, store, notifier };
}

beforeEach(() => observe.mockReset().mockResolvedValue(observation));

describe('EnvironmentObserver', () => {
  it('is one observation for all who ask meanwhile', async () => {
    const { observer, store } = create();
    expect(observer.isObserving(environment)).toBe(false);
    const first = observer.observe(environment);
    expect(observer.observe(environment)).toBe(first);
    expect(observer.isObserving(environment)).toBe(true);
    await first;
    expect(observer.isObserving(environment)).toBe(false);
    expect(store.save).toHaveBeenCalledTimes(1);
  });

  it('leaves it to another backend that is at it', async () => {
    const { observer } = create({ claimed: false });
    await observer.observe(environment);
    expect(observe).not.toHaveBeenCalled();
  });

  it('gives up in time, and says what to do', async () => {
    jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.abort());
    observe.mockImplementation(async ({ signal }) => {
      signal.throwIfAborted();
      return observation;
    });
    const { observer, store } = create();
    await observer.observe(environment);
    expect(store.save).not.toHaveBeenCalled();
    expect(store.saveFailure).toHaveBeenCalledWith(
      environment,
      {
        service: 'cloudformation',
        health: 'unknown',
        message: expect.stringMatching(/longer than 30 s.*timeoutSeconds/),
      },
      expect.any(Date),
    );
  });

  it('looks back two weeks first, and later as far as a run may still change', async () => {
    const minutesBack = () => {
      const { since } = observe.mock.lastCall![0];
      return Math.round((Date.now() - since.getTime()) / 60_000);
    };
    await create().observer.observe(environment);
    expect(minutesBack()).toBe(14 * 24 * 60);

    const ago = (minutes: number) =>
      new Date(Date.now() - minutes * 60_000).toISOString();
    await create({ stored: { observedAt: ago(2) } }).observer.observe(
      environment,
    );
    expect(minutesBack()).toBe(17);

    const running = {
      id: 'r',
      state: 'running' as const,
      trigger: 'manual',
      startedAt: ago(90),
      steps: [],
    };
    const stored = { observedAt: ago(2), runs: [running] };
    await create({ stored }).observer.observe(environment);
    expect(minutesBack()).toBe(105);
  });

  it('never rejects', async () => {
    const { observer, store } = create();
    store.save.mockRejectedValue(new Error('database is locked'));
    await expect(observer.observe(environment)).resolves.toBeUndefined();
  });
});
