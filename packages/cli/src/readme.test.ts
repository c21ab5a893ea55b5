/** What README, guides and CI of a generated project say of the command line is what it takes and ends with. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from './exitCodes';
import { commandNames, optionTypes } from './options';

const root = join(__dirname, '../../..');
const readme = 'packages/cli/README.md';
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const list = (folder: string, pattern: RegExp) =>
  readdirSync(join(root, folder))
    .filter(name => pattern.test(name))
    .map(name => join(folder, name));
const places = [
  readme,
  ...['.', '.github/workflows', 'docs', 'infra', 'policies'].flatMap(folder =>
    list(join('skeleton', folder), /\.(md|yml)(\.njk)?$/),
  ),
];
const optionsIn = (text: string) =>
  [...text.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([, name]) => name);

/** Each call of the command line, with the lines that continue it, to its comment, pipe or the end of its code. */
const calls = places.flatMap(path =>
  [
    ...read(path)
      .replace(/\s*(\\\n\s*|\n\s*(?=\$\{))/g, ' ')
      .matchAll(/data-lake(?:\.cjs)? +([a-z]+) ([^`\n>|#]*)/g),
  ]
    .filter(([, command]) => commandNames.includes(command as any))
    .map(([, command, rest]) => ({ path, command, options: optionsIn(rest) })),
);

it('calls commands with options that they take', () => {
  expect(new Set(calls.map(({ command }) => command))).toEqual(
    new Set(commandNames),
  );
  // preview and deployment of both CIs: the lines that continue a call are read
  const withRole = calls.filter(({ options }) => options.includes('role-arn'));
  expect(withRole.length).toBeGreaterThanOrEqual(4);
  const wrong = calls.flatMap(({ path, command, options }) =>
    options
      .filter(name => {
        const known = optionTypes[name as keyof typeof optionTypes];
        return !(known?.of as readonly string[])?.includes(command);
      })
      .map(name => `${path}: ${command} --${name}`),
  );
  expect(wrong).toEqual([]);
});

it('names only options that there are', () => {
  const known = [...Object.keys(optionTypes), 'help', 'version', 'allow-'];
  const unknown = optionsIn(read(readme)).filter(name => !known.includes(name));
  expect(unknown).toEqual([]);
});

it('lists every exit code', () => {
  const listed = [...read(readme).matchAll(/^\| (\d+) +\|/gm)].map(([, code]) =>
    Number(code),
  );
  expect(listed).toEqual(Object.values(exitCodes));
});
