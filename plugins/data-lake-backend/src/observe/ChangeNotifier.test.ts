import { observeEnvironment } from '@data-lake/plugin-data-lake-node';
import { entityPath, observation } from '../__testUtils__/movielens';
import {
  startBackend as start,
  stopBackends,
} from '../__testUtils__/startBackend';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  observeEnvironment: jest.fn(),
}));
const observe = jest.mocked(observeEnvironment);

beforeEach(() => {
  observe.mockReset().mockResolvedValue(observation());
});
afterEach(stopBackends);

describe('ChangeNotifier, in the plugin', () => {
  it('signals a change and notifies the owner of a run that turned failed, once', async () => {
    observe.mockResolvedValue(observation('running'));
    const { post, readObserved, publish, send } = await start();
    await readObserved();
    expect(publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'data-lake:component:default/movielens',
      message: { environment: 'demo' },
    });
    observe.mockResolvedValue(observation('failed'));
    for (let i = 0; i < 2; i++) {
      await post(`${entityPath}/environments/demo/refresh`).expect(202);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    expect(publish).toHaveBeenCalledTimes(2);
    expect(send).toHaveBeenCalledTimes(1);
    expect(send.mock.calls[0][0]).toMatchObject({
      recipients: { type: 'entity', entityRef: 'group:default/data' },
      payload: { link: '/catalog/default/component/movielens/pipeline' },
    });
  });

  it('is silent about failures of before the first look', async () => {
    observe.mockResolvedValue(observation('failed'));
    const { readObserved, send } = await start();
    await readObserved();
    expect(send).not.toHaveBeenCalled();
  });
});
