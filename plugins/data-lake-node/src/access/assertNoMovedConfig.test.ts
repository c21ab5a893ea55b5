import { mockServices } from '@backstage/backend-test-utils';
import { assertNoMovedConfig } from './assertNoMovedConfig';

const assertConfig = (data: object) =>
  assertNoMovedConfig(mockServices.rootConfig({ data: { ...data } }));

describe('assertNoMovedConfig', () => {
  it('names each former key, and where its settings are now', () => {
    const dataLake = { accounts: [], deploy: { allowedMacros: ['X'] } };
    expect(() => assertConfig({ dataLake })).toThrow(
      'Invalid configuration: the settings of dataLake.accounts are now in awsDeploy.accounts; the settings of dataLake.deploy are now in awsDeploy',
    );
  });

  it('accepts the keys of this version', () => {
    const dataLake = { skeleton: { path: '/x' }, collect: {} };
    expect(() =>
      assertConfig({ awsDeploy: { accounts: [] }, dataLake }),
    ).not.toThrow();
  });
});
