import { dirname, join } from 'path';
import { parseYamlDocument } from './parseYamlDocument';

/** Kinds of invalid YAML, by the texts before and in each of the errors. */
const wrong: [string, string][] = [
  ['A: [', '}'],
  ['A: [\n', ' }\n'],
  ['A: [', ','],
  ['A: [', '@,'],
  ['A: "', '\\q'],
  ['A: ', '"" '],
  ['A: ', '!a '],
  ['A: ', '&a '],
  ['A: ', 'b: '],
  ['A:\n', '\tb: c\n'],
  ['A:\n  b: c\n', ' d: e\n'],
  ['', ']'],
  ['', 'a\n b: c\n'],
];

/** What the parser makes and describes errors with. */
const errors = jest.requireActual<typeof import('yaml')>(
  join(dirname(require.resolve('yaml')), 'errors.js'),
);

it.each(wrong)('stops at the first error of %j and many %j', (start, error) => {
  const { YAMLParseError } = errors;
  const made = jest
    .spyOn(errors, 'YAMLParseError')
    .mockImplementation((...given) => new YAMLParseError(...given));
  try {
    expect(() => parseYamlDocument(start + error.repeat(2_000))).toThrow(
      /at line \d+, column \d+/,
    );
    expect(made.mock.calls.length).toBeLessThanOrEqual(1);
  } finally {
    made.mockRestore();
  }
});

it('reads 190,000 errors as one', () => {
  expect(() => parseYamlDocument(`A: [${'}'.repeat(190_000)}`)).toThrow(
    'at line 1, column 5',
  );
});

it.each([
  ['a second document', 'a: 1\n---\nb: 2\n', /multiple documents/],
  ['a key twice', 'a: 1\nb: 2\na: 3\n', 'duplicate key a'],
  ['a list that is not closed', 'a: [1', 'at line 1, column 6'],
])('refuses %s', (_what, text, message) => {
  expect(() => parseYamlDocument(text)).toThrow(message);
});

it.each(['# only a comment\n\nnull\n', 'a: 1 # b\n', '---\na: !Ref b\n'])(
  'keeps the text of %j',
  text => {
    expect(String(parseYamlDocument(text))).toBe(text);
  },
);

it.each(['', '# only a comment\n'])('reads %j as nothing', text => {
  expect(parseYamlDocument(text).toJS()).toBeNull();
});
