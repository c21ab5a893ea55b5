import { parse } from 'yaml';
import { parseProject } from '../spec/parseProject';
import { diff, prod, readSkeleton } from './__testUtils__/skeleton';
import { addEnvironment } from './addEnvironment';

const text = readSkeleton('project.yaml');

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

  it.each(['no', 'on', 'off', 'yes', 'true', 'null'])(
    'adds %s so that readers of YAML 1.1 read it too',
    name => {
      const environment = {
        ...prod,
        name,
        mwaa: { ...prod.mwaa, environment: 'Off', executionRole: '1e3' },
      };
      const changed = addEnvironment(text, environment);
      expect(parse(changed, { version: '1.1' })).toEqual(parse(changed));
      expect(parseProject(changed).environments[1]).toEqual(environment);
    },
  );

  it('is no change the second time, and refuses another of the same name', () => {
    const changed = addEnvironment(text, prod);
    expect(addEnvironment(changed, prod)).toBe(changed);
    expect(() =>
      addEnvironment(changed, { ...prod, region: 'us-east-1' }),
    ).toThrow(/already has an environment prod, in account 000000000001/);
  });

  it('refuses what would be no project', () => {
    expect(() => addEnvironment(text, { ...prod, name: 'No!' })).toThrow(
      /environments.1.name/,
    );
  });
});
