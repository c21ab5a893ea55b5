import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { validate } from 'jsonschema';
import yaml from 'yaml';
import { createAwsActions } from './actions';
import { makeContext, services } from './__testUtils__';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
const actions: any[] = createAwsActions(services);
const workspace = createMockDirectory();

it.each(actions.map(action => [action.id, action]))(
  'names each input and output of %s',
  (id, { schema }) => {
    const [, rest] = readme.split(`### \`${id}\``);
    const [section] = rest.split(/^##/m);
    const missing = [schema.input, schema.output]
      .flatMap(({ properties }) => Object.keys(properties))
      .filter(name => !['account', 'region'].includes(name))
      .filter(name => !section.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  },
);

it('shows a template whose steps run dry', async () => {
  const [, text] = /```yaml\n\s*# template\.yaml\n([\s\S]*?)```/.exec(readme)!;
  const template = yaml.parse(text);
  expect(template.spec.steps).toHaveLength(2);
  for (const { action: id, input } of template.spec.steps) {
    const action = actions.find(each => each.id === id);
    const filled = JSON.parse(
      JSON.stringify(input).replace(/\$\{\{.*?\}\}/g, 'alerts'),
    );
    expect(validate(filled, action.schema.input).errors).toEqual([]);
    const ctx = makeContext({
      input: filled,
      workspacePath: workspace.path,
      isDryRun: true,
    });
    await action.handler(ctx);
    expect(ctx.output).toHaveBeenCalled();
  }
});
