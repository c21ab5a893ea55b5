import { parseProject } from '../spec/parseProject';
import { diff, prod, readSkeleton } from './__testUtils__/skeleton';
import { annotateEnvironment } from './annotateEnvironment';

const catalog = readSkeleton('catalog-info.yaml');

describe('annotateEnvironment', () => {
  const project = parseProject(readSkeleton('project.yaml'));

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
