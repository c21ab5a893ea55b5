import { mockServices } from '@backstage/backend-test-utils';
import {
  AwsClientFactory,
  observeEnvironment,
} from '@data-lake/plugin-data-lake-node';
import { CollectConfig } from '../config';
import { PipelineStore, Stored } from '../store/PipelineStore';
import { Announcer } from './Announcer';
import { Observer } from './Observer';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  observeEnvironment: jest.fn(),
}));
const observe = jest.mocked(observeEnvironment);

const where = { account: '111122223333', region: 'eu-central-1' };
const target = {
  entityRef: 'component:default/movielens',
  environment: { name: 'demo', ...where, stacks: [{ ...where, name: 's' }] },
};
const observation = { resources: [], runs: [], problems: [] };

function create(options: { stored?: Partial<Stored>; claimed?: boolean } = {}) {
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
    fail: jest.fn(),
  };
  const announcer = { announce: jest.fn() };
  const observer = new Observer({
    clients: { forTarget: jest.fn() } as unknown as AwsClientFactory,
    store: store as unknown as PipelineStore,
    announcer: announcer as unknown as Announcer,
    logger: mockServices.logger.mock(),
    collect: CollectConfig.parse({}),
  });
  return { observer, store, announcer };
}

beforeEach(() => observe.mockReset().mockResolvedValue(observation));

describe('Observer', () => {
  it('is one observation for all who ask meanwhile', async () => {
    const { observer, store } = create();
    expect(observer.isObserving(target)).toBe(false);
    const first = observer.observe(target);
    expect(observer.observe(target)).toBe(first);
    expect(observer.isObserving(target)).toBe(true);
    await first;
    expect(observer.isObserving(target)).toBe(false);
    expect(store.save).toHaveBeenCalledTimes(1);
  });

  it('leaves it to another backend that is at it', async () => {
    const { observer } = create({ claimed: false });
    await observer.observe(target);
    expect(observe).not.toHaveBeenCalled();
  });

  it('gives up in time, and says what to do', async () => {
    jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.abort());
    observe.mockImplementation(async ({ signal }) => {
      signal.throwIfAborted();
      return observation;
    });
    const { observer, store } = create();
    await observer.observe(target);
    expect(store.save).not.toHaveBeenCalled();
    expect(store.fail).toHaveBeenCalledWith(
      target,
      {
        service: 'cloudformation',
        health: 'unknown',
        message: expect.stringMatching(/within 30 s.*timeoutSeconds/),
      },
      expect.any(Date),
    );
  });

  it('looks back two weeks first, and later as far as a run may still change', async () => {
    const minutesBack = () => {
      const { since } = observe.mock.lastCall![0];
      return Math.round((Date.now() - since.getTime()) / 60_000);
    };
    await create().observer.observe(target);
    expect(minutesBack()).toBe(14 * 24 * 60);

    const ago = (minutes: number) =>
      new Date(Date.now() - minutes * 60_000).toISOString();
    await create({ stored: { observedAt: ago(2) } }).observer.observe(target);
    expect(minutesBack()).toBe(17);

    const running = {
      id: 'r',
      state: 'running' as const,
      trigger: 'manual',
      startedAt: ago(90),
      steps: [],
    };
    const stored = { observedAt: ago(2), runs: [running] };
    await create({ stored }).observer.observe(target);
    expect(minutesBack()).toBe(105);
  });

  it('never rejects', async () => {
    const { observer, store } = create();
    store.save.mockRejectedValue(new Error('database is locked'));
    await expect(observer.observe(target)).resolves.toBeUndefined();
  });
});
