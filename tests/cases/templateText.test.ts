import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseTemplate } from '@data-lake/cloudformation';
import fc from 'fast-check';
import { airflowPython } from './airflowPython';

/*
 * The text that AWS gets is the one that was checked: a second parser, Python's of YAML 1.1, sees the same
 * document as ours in every text that ours accepts.
 */
const rules = { allowedResourceTypes: ['*', 'Custom::*'] };

/** What YAML 1.1 and 1.2 read differently, and what makes structure. */
const tokens = [
  ...[
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\n    ',
    '\n      ',
    '\n\n',
    '\r\n',
    '\t',
    '\r',
  ],
  ...[':', ': ', '- ', '? ', ', ', ',', '[', ']', '{', '}', '"', "'", '\\'],
  ...[
    '#',
    ' # ',
    '&a ',
    '*a',
    '!',
    '!Ref ',
    '!Sub',
    '!GetAtt ',
    '!!str ',
    '!<x>',
  ],
  ...[
    '|',
    '>',
    '|-',
    '|+',
    '>2',
    '|\n',
    '>-\n',
    '%',
    '@',
    '`',
    '---',
    '...',
    '\n---\n',
    '\n...\n',
  ],
  ...[
    'yes',
    'no',
    'on',
    'y',
    'true',
    'True',
    'null',
    '~',
    '=',
    '<<',
    '<<: ',
    '.inf',
    '.nan',
  ],
  ...[
    '010',
    '0o7',
    '0x1F',
    '0b1',
    '1_0',
    '1:30',
    '12',
    '-3',
    '4.0',
    '1e3',
    '1.5e+3',
    '1.5e+3010',
    '.5',
    '2012-10-17',
  ],
  ...[
    '\u2028',
    '\u2029',
    '\u0085',
    '\u00a0',
    '\ufeff',
    '\0',
    '\u001b',
    '\u007f',
    '\u200b',
    '🙂',
    'é',
  ],
  ...[
    'a',
    'b c',
    'Evil',
    'Type',
    'AWS::IAM::User',
    'Resources',
    'a.b.c',
    '${a}',
    'key: value',
    '\n  Evil:\n    Type: AWS::IAM::User',
  ],
];
const pieces = fc
  .array(fc.constantFrom(...tokens), { maxLength: 12 })
  .map(parts => parts.join(''));

const template =
  'Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      B: ';
const list =
  'Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties:\n      B:\n        - x\n        - ';
const yamlTexts = fc.oneof(
  pieces.map(rest => `${template}${rest}`),
  pieces.map(rest => `${template}${rest}\n`),
  pieces.map(rest => `${list}${rest}\n        - last\n`),
  fc
    .tuple(pieces, pieces)
    .map(([a, b]) => `${template}x ${a}\n      ${b}: y\n`),
  pieces.map(rest => `${template}[${rest}]\n`),
  pieces.map(rest => `${template}{${rest}}\n`),
  pieces.map(rest => `${template}"${rest}"\n`),
  pieces.map(rest => `${template}'${rest}'\n`),
  pieces.map(rest => `${template}|\n        x\n        ${rest}\n`),
  pieces.map(rest => `${template}>\n        x\n        ${rest}\n        z\n`),
  pieces.map(rest => `${template}x\n# ${rest}\n`),
  pieces.map(rest => `${rest}\n${template}x\n`),
);
const jsonTexts = fc
  .tuple(
    fc.jsonValue({ maxDepth: 3 }),
    pieces,
    pieces,
    fc.constantFrom('', ' ', '\n', '\t'),
  )
  .map(
    ([value, key, rest, space]) =>
      `${space}{"Resources":${space}{"A": {"Type": "AWS::SNS::Topic", ${JSON.stringify(
        key,
      )}: ${JSON.stringify(value)}, "B": "${rest}"}}}`,
  );

it.each([
  ['YAML', yamlTexts, 6_000],
  ['JSON', jsonTexts, 2_000],
])(
  'every parser sees the same document in %s, or ours refuses',
  (_kind, texts, count) => {
    const samples = fc.sample(texts, count).flatMap(text => {
      const read = readOurs(text);
      return read ? [{ text, ...read }] : [];
    });
    expect(samples.length).toBeGreaterThan(count / 30);
    const theirs = readTheirs(samples.map(({ text }) => text));
    const differing = samples
      .map((sample, at) => ({ ...sample, python: theirs[at] }))
      .filter(
        ({ python, content }) => 'is' in python && !isSame(content, python.is),
      );
    expect(differing.slice(0, 5)).toEqual([]);
    // what both read is enough to tell
    expect(theirs.filter(each => 'is' in each).length).toBeGreaterThan(
      samples.length / 2,
    );
  },
);

function readOurs(text: string): { content: unknown } | undefined {
  try {
    const { content, body } = parseTemplate(text, rules);
    expect(body).toBe(text);
    return { content };
  } catch (error) {
    expect((error as Error).name).toBe('InputError');
    return undefined;
  }
}

type Reading = { is: unknown } | { refused: string };

function readTheirs(texts: string[]): Reading[] {
  const { stdout, stderr } = spawnSync(
    airflowPython(),
    [join(__dirname, 'readYaml.py')],
    { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** A number of Python's is equal to the same number, however it is written. */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (typeof theirs !== 'object' || theirs === null) return ours === theirs;
  if (Array.isArray(theirs)) {
    return (
      Array.isArray(ours) &&
      ours.length === theirs.length &&
      theirs.every((item, at) => isSame(ours[at], item))
    );
  }
  if (typeof ours !== 'object' || ours === null) {
    return Number(ours) === Number((theirs as { number?: string }).number);
  }
  const keys = Object.keys(theirs);
  return (
    !Array.isArray(ours) &&
    keys.length === Object.keys(ours).length &&
    keys.every(
      key =>
        Object.hasOwn(ours, key) &&
        isSame((ours as any)[key], (theirs as any)[key]),
    )
  );
}
