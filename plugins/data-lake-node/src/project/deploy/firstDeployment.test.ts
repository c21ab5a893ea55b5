import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * The template's first deployment must go through `deployProject`, as every later one does: it refuses
 * a bad upload of DAGs before any stack changes.
 */
describe('the template that makes a project', () => {
  const { spec } = parse(
    readFileSync(
      join(__dirname, '../../../../../templates/mwaa-data-lake/template.yaml'),
      'utf8',
    ),
  );
  const actions: string[] = spec.steps.map(
    ({ action }: { action: string }) => action,
  );

  it('deploys by the one action that deploys a project, once', () => {
    expect(
      actions.filter(action => action === 'data-lake:project:deploy'),
    ).toHaveLength(1);
  });

  it.each(['aws:cloudformation:deploy', 'aws:s3:sync'])(
    'has no step %s, which would change a part before the rest is checked',
    action => expect(actions).not.toContain(action),
  );
});
