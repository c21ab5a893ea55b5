import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { casesFolder, root } from './render';

const skeleton = join(root, 'skeleton');

interface Schema {
  pattern?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
}

/** The answers that may be any text, a line end included. */
const freeAnswers = (
  parse(readFileSync(join(casesFolder, '../template.yaml'), 'utf8')).spec
    .parameters as Schema[]
).flatMap(({ properties = {} }) =>
  Object.entries(properties)
    .filter(([, schema]) => !schema.pattern && !schema.enum)
    .map(([name]) => name),
);

/** Prose is the owner's; in the other files a line means something. */
const files = readdirSync(skeleton).filter(
  name => name.endsWith('.njk') && name !== 'README.md.njk',
);

it('the form has answers of any text', () => {
  expect(freeAnswers).toEqual(
    expect.arrayContaining(['owner', 'description', 'system']),
  );
  expect(files).toContain('CODEOWNERS.njk');
});

it.each(files)('%s prints an answer of any text in quotes', file => {
  const raw = readFileSync(join(skeleton, file), 'utf8')
    .split('\n')
    .flatMap(line => line.match(/\$\{\{.*?\}\}/g) ?? [])
    .filter(
      printed =>
        !/\| dump \}\}$/.test(printed) &&
        freeAnswers.some(name => printed.includes(`values.${name}`)),
    );
  expect(raw).toEqual([]);
});
