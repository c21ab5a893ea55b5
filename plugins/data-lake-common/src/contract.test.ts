import * as contract from './index';

const { dataLakePermissions, Pipeline, Problem, ServiceId, services } =
  contract;

describe('the contract', () => {
  it('has a title for each service', () => {
    expect(Object.keys(services)).toEqual(ServiceId.options);
  });

  it('gives each permission a name of its own, about a catalog entity', () => {
    const names = dataLakePermissions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const permission of dataLakePermissions) {
      expect(permission).toMatchObject({ resourceType: 'catalog-entity' });
      expect(permission.name).toMatch(/^data-lake\.\w+\.\w+$/);
    }
  });

  it('names each template of the page once', () => {
    const refs = Object.values(contract.templateRefs);
    expect(new Set(refs).size).toBe(refs.length);
    for (const ref of refs)
      expect(ref).toMatch(/^template:default\/data-lake-/);
  });

  it('never calls a problem healthy', () => {
    const problem = {
      service: 'glue',
      message: 'AWS denied reading Glue job x',
    };
    for (const health of contract.Health.options) {
      expect(Problem.safeParse({ ...problem, health }).success).toBe(
        ['denied', 'gone', 'unknown', 'failed'].includes(health),
      );
    }
  });

  it('refuses a pipeline without the actions of its caller', () => {
    const environment = {
      name: 'demo',
      account: '111122223333',
      region: 'eu-central-1',
      observing: false,
      health: 'unknown',
      reason: 'not observed yet',
      rules: [],
      resources: [],
      runs: [],
      problems: [],
    };
    const may = { allowed: true };
    const actions = { run: may, deploy: may, delete: may };
    const read = (extra: object) =>
      Pipeline.safeParse({
        entityRef: 'component:default/movielens',
        environments: [{ ...environment, ...extra }],
      }).success;
    expect([read({}), read({ actions })]).toEqual([false, true]);
  });
});
