import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './render';

const folder = join(root, 'templates');

describe.each(readdirSync(folder))('the template %s', name => {
  const text = readFileSync(join(folder, name, 'template.yaml'), 'utf8');
  const { spec } = parse(text);

  // https://backstage.io/docs/features/software-templates/experimental#retries-and-recovery
  it('has the page of its tasks offer a retry, which its texts name', () => {
    expect(spec.EXPERIMENTAL_recovery).toEqual({
      EXPERIMENTAL_strategy: 'startOver',
    });
  });
});
