import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { casesFolder, root } from './render';

const skeleton = join(root, 'skeleton');

interface Schema {
  type?: string;
  pattern?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
}

/** A text that means something else without quotes. */
const text = 'a: "b" # c';

/** The answers that may be such a text. */
const freeAnswers = (
  parse(readFileSync(join(casesFolder, '../template.yaml'), 'utf8')).spec
    .parameters as Schema[]
).flatMap(({ properties = {} }) =>
  Object.entries(properties)
    .filter(
      ([, { pattern = '', enum: choices, type }]) =>
        type === 'string' && !choices && new RegExp(pattern, 'u').test(text),
    )
    .map(([name]) => name),
);

/** Prose is the owner's; in the other files a line means something. */
const files = readdirSync(skeleton).filter(
  name => name.endsWith('.njk') && name !== 'README.md.njk',
);

it('the form has answers of any text', () => {
  expect(freeAnswers).toContain('description');
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
