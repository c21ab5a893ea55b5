import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectEnvironment } from '@data-lake/plugin-data-lake-common';
import { addEnvironment, annotateEnvironment } from './addEnvironment';
import { parseProject } from '../spec/parseProject';

const skeleton = (file: string) =>
  readFileSync(join(__dirname, '../../../../../skeleton', file), 'utf8');
const text = skeleton('project.yaml');
const catalog = skeleton('catalog-info.yaml');

const prod = ProjectEnvironment.parse({
  name: 'prod',
  account: '000000000001',
  region: 'eu-central-1',
  mwaa: {
    environment: 'prod-airflow',
    airflowVersion: '3.0.6',
    bucket: 'prod-airflow-bucket',
    dagPath: 'dags',
    executionRole: 'prod-airflow-execution',
  },
  dataBucket: '',
  codeBucket: '',
  alertEmail: '',
});

/** Lines that only one of the two has. */
const diff = (before: string, after: string) => {
  const lines = (s: string) => s.split('\n');
  return {
    removed: lines(before).filter(line => !lines(after).includes(line)),
    added: lines(after).filter(line => !lines(before).includes(line)),
  };
};

describe('addEnvironment', () => {
  it('adds it and leaves every other line as it is', () => {
    const changed = addEnvironment(text, prod);
    expect(parseProject(changed).environments).toEqual([
      parseProject(text).environments[0],
      prod,
    ]);
    const { removed, added } = diff(text, changed);
    expect(removed).toEqual([]);
    expect(added).toContain('  - name: prod');
    // an account with leading zeros stays text
    expect(added).toContain('    account: "000000000001"');
  });

  it('is no change the second time, and refuses another of the same name', () => {
    const changed = addEnvironment(text, prod);
    expect(addEnvironment(changed, prod)).toBe(changed);
    expect(() =>
      addEnvironment(changed, { ...prod, region: 'us-east-1' }),
    ).toThrow(/has an environment prod already, in account 000000000001/);
  });

  it('refuses what would be no project', () => {
    expect(() => addEnvironment(text, { ...prod, name: 'No!' })).toThrow(
      /environments.1.name/,
    );
  });
});

describe('annotateEnvironment', () => {
  const project = parseProject(text);

  it("adds one annotation to the project's component, and no other change", () => {
    const changed = annotateEnvironment(catalog, project, prod);
    const { removed, added } = diff(catalog, changed);
    expect(removed).toEqual([]);
    expect(added).toEqual([
      `    data-lake/environment-prod: ${project.stacks
        .map(
          ({ name }) =>
            `arn:aws:cloudformation:eu-central-1:000000000001:stack/movielens-prod-${name}`,
        )
        .join(',')}`,
    ]);
    expect(annotateEnvironment(changed, project, prod)).toBe(changed);
  });

  it("names the region's partition", () => {
    const china = { ...prod, region: 'cn-north-1' };
    expect(annotateEnvironment(catalog, project, china)).toContain(
      'arn:aws-cn:cloudformation:cn-north-1',
    );
  });

  it('says where the component is missing', () => {
    expect(() => annotateEnvironment('kind: System\n', project, prod)).toThrow(
      /no Component movielens/,
    );
  });
});
