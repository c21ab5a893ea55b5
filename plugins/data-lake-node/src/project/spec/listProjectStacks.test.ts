import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { listProjectStacks } from './listProjectStacks';
import { parseProject } from './parseProject';

const skeleton = parse(
  readFileSync(join(__dirname, '../../../../../skeleton/project.yaml'), 'utf8'),
);
const withStacks = (...names: string[]) =>
  parseProject(
    stringify({
      ...skeleton,
      stacks: names.map(name => ({ name, template: `${name}.json` })),
    }),
  );

describe('listProjectStacks', () => {
  it('lists them in the order of their deployment, whatever the order in project.yaml', () => {
    const project = withStacks('observability', 'foundations', 'mwaa');
    expect(
      listProjectStacks(project).map(({ stackName }) => stackName),
    ).toEqual([
      'movielens-demo-mwaa',
      'movielens-demo-foundations',
      'movielens-demo-observability',
    ]);
  });

  it.each(['network', 'toString'])(
    'refuses a stack %s, whose parameters are unknown',
    name => {
      expect(() => listProjectStacks(withStacks(name))).toThrow(
        `lists a stack ${name}, whose parameters are unknown. The stacks are: mwaa, foundations, observability`,
      );
    },
  );

  it('refuses an environment that the project does not have', () => {
    expect(() => listProjectStacks(withStacks('mwaa'), 'prod')).toThrow(
      "project.yaml has no environment 'prod'. It has: demo",
    );
  });
});
