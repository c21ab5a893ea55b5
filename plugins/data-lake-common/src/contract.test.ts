import * as z from 'zod';
import * as contract from './index';

const { dataLakePermissions, Pipeline, Problem, ServiceId, services } =
  contract;

/** What a person or a repository gives is no answer: a wrong word there is refused. */
const inputs = [
  'DeletionRequest',
  'Project',
  'ProjectDataset',
  'ProjectEnvironment',
  'RunRequest',
];

/** Schemas inside a schema, by the key of the value. */
function listInner(schema: any): [key: string | undefined, inner: any][] {
  const { def } = schema;
  if (def.type === 'object') return Object.entries(def.shape);
  if (def.type === 'array') return [['0', def.element]];
  return def.innerType ? [[undefined, def.innerType]] : [];
}

/** A value with everything in it, each list with one item, each word the first of its kind. */
function makeSample(schema: any): any {
  const { type, entries } = schema.def;
  const inner = listInner(schema);
  if (type === 'object') {
    return Object.fromEntries(inner.map(([key, s]) => [key, makeSample(s)]));
  }
  if (type === 'array') return [makeSample(inner[0][1])];
  if (inner.length > 0) return makeSample(inner[0][1]);
  if (type === 'enum') return Object.values(entries)[0];
  return { string: 'text', number: 1, boolean: true }[type as string];
}

/** The paths of all words of a sample. */
function listEnums(schema: any): string[][] {
  if (schema.def.type === 'enum') return [[]];
  return listInner(schema).flatMap(([key, inner]) =>
    listEnums(inner).map(path => (key === undefined ? path : [key, ...path])),
  );
}

function set(value: any, path: string[], word: string) {
  const parent = path.slice(0, -1).reduce((at, key) => at[key], value);
  parent[path.at(-1)!] = word;
}

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
      const isKnown = ['denied', 'gone', 'unknown', 'failed'].includes(health);
      expect(Problem.parse({ ...problem, health }).health).toBe(
        isKnown ? health : 'unknown',
      );
    }
  });

  const answers = Object.entries(contract).flatMap(([name, schema]) =>
    schema instanceof z.ZodObject && !inputs.includes(name)
      ? [[name, schema] as const]
      : [],
  );

  it('has these answers', () => {
    expect(answers.map(([name]) => name)).toEqual(
      expect.arrayContaining(['Pipeline', 'DeploymentPreview', 'Check', 'Run']),
    );
  });

  it.each(answers)(
    'reads a word of a newer backend in %s as unknown, wherever it stands',
    (_, schema) => {
      const sample = makeSample(schema);
      expect(schema.parse(sample)).toEqual(sample);
      for (const path of listEnums(schema)) {
        const answer = structuredClone(sample);
        set(answer, path, 'a word of tomorrow');
        const expected = structuredClone(sample);
        set(expected, path, 'unknown');
        expect([path, schema.safeParse(answer).data]).toEqual([path, expected]);
      }
    },
  );

  it('finds all words', () => {
    expect(listEnums(Pipeline).map(path => path.join('.'))).toEqual(
      expect.arrayContaining([
        'environments.0.health',
        'environments.0.rules.0.name',
        'environments.0.resources.0.service',
        'environments.0.runs.0.state',
        'environments.0.runs.0.steps.0.kind',
        'environments.0.problems.0.health',
      ]),
    );
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
