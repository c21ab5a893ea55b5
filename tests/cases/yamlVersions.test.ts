import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Project } from '@data-lake/plugin-data-lake-common';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { airflowPython } from './airflowPython';
import { startRenderer } from './render';

/*
 * Readers of YAML follow two versions: the one of 1.1, which GitLab, MkDocs and most of Python follow, takes `no` for
 * false and 0123 for 83. Both must read the same in every file of a project, for any answers of the form.
 */
jest.setTimeout(300_000);

let folder: string;
let renderer: Awaited<ReturnType<typeof startRenderer>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-lake-yaml-'));
  renderer = await startRenderer();
});

afterAll(async () => {
  await renderer?.stop();
  if (folder) await rm(folder, { recursive: true });
});

/** Texts that one of the versions takes for something else than text. */
const words = [
  'no',
  'on',
  'off',
  'yes',
  'true',
  'null',
  'Y',
  'No',
  'NULL',
  'nan',
];
const numbers = ['1e3', '0x1F', '0o17', '0123', '1_000', '12.5', '1.', '.5'];
const structure = [
  ...['- a', '# a', 'a # b', 'a: b', 'a:', '? a', '& a', '*a', '!a', '!!str a'],
  ...[
    '%TAG',
    '@a',
    '`a`',
    '[a',
    '{a}',
    '| a',
    '> a',
    '---',
    '...',
    '<<',
    '= =',
  ],
  ...['"a"', "it's", 'a\\nb', '\\', '{{ ds }}', '${{ a }}', '{% raw %}', '~ ~'],
  ...['2026-12-01', '12:30:45', 'Größe', '🙂', 'a\u00a0b', '   ', '{# a #}'],
];

/** Of those, what the form takes. */
const answers = fc.record({
  name: fc.constantFrom('yes', 'off', 'true', 'null', 'false', 'nan', 'e-10'),
  description: fc
    .constantFrom(...words, ...numbers, ...structure)
    .map(text => text.padEnd(5)),
  owner: fc.constantFrom('group:default/no', 'null', '1e3', 'user:on/y'),
  system: fc.constantFrom('no', 'Yes', '1e3', '0x1F', '1_000', '12.5', '0123'),
  environment: fc.constantFrom('no', 'on', 'off', 'yes', 'true', 'null', 'e10'),
  account: fc.constantFrom('012345670123', '000000000000', '123456789012'),
  region: fc.constantFrom('us-east-1', 'cn-north-1', 'eusc-de-east-1'),
  mwaaEnvironment: fc.constantFrom('No', 'on', 'Null', 'Y', 'e10'),
  dataBucket: fc.constantFrom('', '0x1', '1e3', '123'),
  compute: fc.constantFrom('emr', 'emr-serverless'),
  tableFormat: fc.constantFrom('parquet', 'iceberg'),
  observability: fc.boolean(),
});

it('is the same document for either version, whatever the answers', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(answers, async given => {
      const project = join(folder, String((run += 1)));
      await renderer.render('emr', project, given);
      const files = listYaml(project);
      expect(files).toEqual(
        expect.arrayContaining([
          'project.yaml',
          'catalog-info.yaml',
          'mkdocs.yml',
          '.gitlab-ci.yml',
        ]),
      );
      const texts = files.map(file => readText(join(project, file)));
      const older = readOlder(texts);
      for (const [index, file] of files.entries()) {
        expect([file, readNewer(texts[index])]).toEqual([file, older[index]]);
      }
      expect(
        Project.parse(parse(texts[files.indexOf('project.yaml')])),
      ).toMatchObject({
        name: given.name,
        description: given.description,
        owner: given.owner,
        system: given.system,
        environments: [{ name: given.environment, account: given.account }],
      });
      await rm(project, { recursive: true });
    }),
    { numRuns: 20 },
  );
});

const listYaml = (project: string) =>
  (readdirSync(project, { recursive: true }) as string[]).filter(file =>
    /\.ya?ml$/.test(file),
  );

/** The word is a key of GitHub's, whose reader follows the newer version. */
const readText = (file: string) =>
  readFileSync(file, 'utf8').replace(/^on:/m, '"on":');

const readNewer = (text: string) =>
  parseAllDocuments(text).map(document => document.toJS());

function readOlder(texts: string[]): unknown[][] {
  const { stdout, stderr } = spawnSync(
    airflowPython(),
    [join(__dirname, 'readYaml11.py')],
    { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}
