import { listMwaaEnvironments } from '@data-lake/plugin-data-lake-node';
import {} from '../__testUtils__/movielens';
import {
  startBackend as start,
  stopBackends,
} from '../__testUtils__/startBackend';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  listMwaaEnvironments: jest.fn(),
}));
afterEach(stopBackends);

describe('GET accounts', () => {
  it('gives what the caller owns, or one owner of those', async () => {
    const { get } = await start();
    const accounts = [
      { id: '111122223333', name: 'lake-demo', regions: ['eu-central-1'] },
    ];
    const own = await get('/api/data-lake/accounts');
    expect(own.body).toEqual({ accounts });
    await get('/api/data-lake/accounts?owner=group:default/data').expect(200, {
      accounts,
    });
    await get('/api/data-lake/accounts?owner=user:default/mock').expect(200, {
      accounts: [],
    });
    await get('/api/data-lake/accounts?owner=group:default/others').expect(403);
  });

  it('lists the MWAA environments of an allowed account and region only', async () => {
    const environments = [
      { name: 'a', status: 'AVAILABLE', airflowVersion: '3.3.1' },
    ];
    jest.mocked(listMwaaEnvironments).mockResolvedValue(environments);
    const { get } = await start();
    const path = (account: string, region: string) =>
      `/api/data-lake/accounts/${account}/regions/${region}/mwaa-environments`;
    await get(path('111122223333', 'eu-central-1')).expect(200, {
      environments,
    });
    await get(path('111122223333', 'us-east-1')).expect(403);
    expect(listMwaaEnvironments).toHaveBeenCalledTimes(1);
    await get(path('999999999999', 'eu-central-1')).expect(403);
    await get(path('nonsense', 'eu-central-1')).expect(400);
  });
});
