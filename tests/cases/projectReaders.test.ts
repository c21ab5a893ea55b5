import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectSchema } from '@data-lake/plugin-data-lake-common';
import { parseProject } from '@data-lake/plugin-data-lake-node';
import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import { airflowPython } from './airflowPython';

const root = join(__dirname, '../..');

/*
 * What is wrong in a project.yaml is an error for all its readers, with the same words: the backend, whose function the
 * previews and the command line call too; the CDK app, with its tests; and the DAG.
 */
const good = readFileSync(join(root, 'skeleton/project.yaml'), 'utf8');

const put = (from: string | RegExp, to: string) => {
  // As a function, so that a dollar in the text has no meaning.
  const changed = good.replace(from, () => to);
  if (changed === good) throw new Error(`project.yaml has no ${from}`);
  return changed;
};
const schedule = (cron: string) => put('schedule: null', `schedule: ${cron}`);
const inEnvironment = (lines: string) =>
  put('    dataBucket: ""\n', `    dataBucket: ""\n${lines}\n`);

const words = {
  schedule:
    'schedule: must be a cron expression of five fields in UTC, such as "0 5 * * *", or one of @hourly, @daily, @weekly, @monthly, @quarterly and @yearly',
  text: 'must be text: put it in quotes',
  email:
    'environments.0.alertEmail: must be one address such as team@example.com, or empty',
  line: 'description: must be one line of at most 200 characters, without control characters',
};

/** A wrong document, and what is said of it after "project.yaml is invalid: ". */
const invalid: [text: string, problem: string][] = [
  ...[
    '"0 25 * * *"',
    'every day',
    '"* * * *"',
    '"* * * * * *"',
    '"60 * * * *"',
    '"0 0 0 * *"',
    '"0 0 * 13 *"',
    '"0 0 * * 8"',
    '"*/0 * * * *"',
    '"0 0 30 2 *"',
    '"0 0 31 4,6 *"',
    '"0 0 * * mo"',
    '"@sometimes"',
    '""',
    '"0 0 * * *\\n"',
  ].map((cron): [string, string] => [schedule(cron), words.schedule]),
  [schedule('5'), `schedule: ${words.text}`],
  [schedule('[]'), 'schedule: must be text'],
  [
    inEnvironment('    emr: { subnetID: subnet-1 }'),
    'environments.0.emr: unknown key subnetID, did you mean subnetId?',
  ],
  [
    inEnvironment('    emr: { subnetId: sg-1 }'),
    'environments.0.emr.subnetId: must be a subnet such as subnet-0a1b2c3d4e5f60718',
  ],
  [
    inEnvironment('    emr: { coreInstances: 0 }'),
    'environments.0.emr.coreInstances: must be from 1 to 500',
  ],
  [
    inEnvironment('    emr: { coreInstances: 1.5 }'),
    'environments.0.emr.coreInstances: must be a whole number',
  ],
  [
    inEnvironment('    emr: { coreInstances: "2" }'),
    'environments.0.emr.coreInstances: must be a whole number',
  ],
  [
    inEnvironment('    emr: []'),
    'environments.0.emr: must be a mapping of keys to values',
  ],
  [put('schedule:', 'shedule:'), 'unknown key shedule, did you mean schedule?'],
  [
    put('dags: dags', 'dags: dags\n? constructor\n: x'),
    unknownAtRoot('constructor'),
  ],
  [
    put('dags: dags', 'dags: dags\nfavouriteColour: x'),
    unknownAtRoot('favouriteColour'),
  ],
  [put('name: movielens\n', ''), 'lacks name'],
  [put('    region: us-east-1\n', ''), 'environments.0: lacks region'],
  [
    put('region: us-east-1', 'region: US East'),
    'environments.0.region: must be a region such as eu-central-1',
  ],
  [
    put('"000000000000"', '123456789012'),
    `environments.0.account: ${words.text}`,
  ],
  [
    put('lakeFormation: false', 'lakeFormation: no'),
    'lakeFormation: must be true or false',
  ],
  [
    put('compute: emr', 'compute: dataproc'),
    'compute: must be emr or emr-serverless',
  ],
  [
    put('tables: [movies, ratings, tags]', 'tables: []'),
    'datasets.0.tables: must have 1 or more entries',
  ],
  [
    put('tables: [movies, ratings, tags]', 'tables: movies'),
    'datasets.0.tables: must be a list',
  ],
  [
    put('tables: [movies, ratings, tags]', 'tables: [movies, movies]'),
    'datasets: names a table twice: tables and marts of all datasets are in one database',
  ],
  [
    put(
      'entity: component:default/movielens',
      'entity: component:default/other',
    ),
    'entity: must be component:default/movielens: whose a thing in AWS is, its name tells, which is made of the project’s',
  ],
  [
    put(
      'foundations.template.json\n',
      'foundations.template.json\n    environments: [dmeo]\n',
    ),
    'stacks: names an environment that is not in environments',
  ],
  ...[
    'a@.com',
    '$(id)@example.com',
    'a b@example.com',
    'a@b',
    '"a@example.com\\n"',
    'a@example.com,b@example.com',
    'a..b@example.com',
    'a@-b.com',
  ].map((email): [string, string] => [
    put('alertEmail: ""', `alertEmail: ${email}`),
    words.email,
  ]),
  ...['\\u0000', '\\b', '\\x7f', '\\u0085', '\\u2028', '\\n'].map(
    (character): [string, string] => [
      put(/description: .*/, `description: "a${character}b"`),
      words.line,
    ],
  ),
  [
    put('name: movielens\n', 'name: amzn-s3-demo-lake\n').replace(
      'default/movielens',
      'default/amzn-s3-demo-lake',
    ),
    'name: must be 3 to 20 lower-case letters, digits and dashes, starting with a letter and not ending in a dash; S3 reserves names that start with xn--, sthree- or amzn-s3-demo-',
  ],
  [
    put('dataBucket: ""', 'dataBucket: lake--x-s3'),
    'environments.0.dataBucket: must be the name of a general purpose bucket: 3 to 63 lower-case letters, digits, dots and dashes, without the prefixes and suffixes that S3 reserves; or empty',
  ],
  ['', 'must be a mapping of keys to values'],
  ['- a', 'must be a mapping of keys to values'],
];

function unknownAtRoot(key: string): string {
  return `unknown key ${key}; known keys are ${Object.keys(
    projectSchema.properties!,
  ).join(', ')}`;
}

/** Documents that are no YAML of ours; parsers have words of their own for most of them. */
const unparsable: [text: string, problem?: string][] = [
  [put('compute: emr', 'compute: emr\ncompute: emr'), 'duplicate key compute'],
  [
    put('compute: emr', 'compute: &compute emr'),
    'anchors, aliases and tags are not allowed',
  ],
  [put('compute: emr', 'compute: *compute')],
  [
    put('compute: emr', 'compute: !!str emr'),
    'anchors, aliases and tags are not allowed',
  ],
  [put('compute: emr', '? [a]\n: b'), 'a key must be text'],
  [
    put('# A cron', '# A comment\u2028schedule: "0 0 * * *"\u2028# A cron'),
    'it has the character U+2028, which readers of YAML take differently',
  ],
  [
    put('compute: emr', 'compute: emr\u0085'),
    'it has the character U+0085, which readers of YAML take differently',
  ],
  [put('compute: emr', 'compute: "emr')],
  [`${good}---\n${good}`],
];

/** What only a reader of YAML 1.1 would take for something else, or a strict one refuse for no reason. */
const valid = [
  good,
  ...['no', 'on', 'off', 'yes', 'true1', '"true"', '"null"'].map(name =>
    put('name: demo', `name: ${name}`),
  ),
  ...[
    '"0 5 * * *"',
    '@daily',
    '*/15 2-4,9 1,15 jan-MAR mon',
    '0 0 29 2 *',
    '0 0 31 4 1',
  ].map(cron =>
    cron.startsWith('*') || cron.startsWith('@')
      ? schedule(`"${cron}"`)
      : schedule(cron),
  ),
  ...[
    'a@example.com',
    'first.last+tag@mail.example.co.uk',
    'x@xn--bcher-kva.example',
  ].map(email => put('alertEmail: ""', `alertEmail: ${email}`)),
  ...[
    'us-gov-west-1',
    'cn-north-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'us-isof-south-1',
    'eusc-de-east-1',
    'ap-southeast-1',
  ].map(region => put('region: us-east-1', `region: ${region}`)),
  inEnvironment('    emr: { subnetId: subnet-0a1b2c3d, coreInstances: 4.0 }'),
  put(/description: .*/, 'description: "Größe 🙂 – it\'s \\"quoted\\": yes"'),
  put('entity: component', 'entity: Component'),
];

const readers = {
  backend: (texts: string[]) =>
    texts.map(text => {
      try {
        parseProject(text);
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    }),
  'CDK app': (texts: string[]) =>
    readIn(texts, process.execPath, [
      '--experimental-strip-types',
      '--no-warnings',
      join(__dirname, 'readProjects.mjs'),
    ]),
  DAG: (texts: string[]) =>
    readIn(texts, airflowPython(), [join(__dirname, 'readProjects.py')]),
};

function readIn(
  texts: string[],
  command: string,
  args: string[],
): (string | null)[] {
  const { NODE_OPTIONS, ...env } = process.env;
  const { stdout, stderr } = spawnSync(command, args, {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    env,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe.each(Object.entries(readers))('the %s', (_, read) => {
  it('says what is wrong, with the words of all', () => {
    expect(read(invalid.map(([text]) => text))).toEqual(
      invalid.map(([, problem]) => `project.yaml is invalid: ${problem}`),
    );
  });

  it('names several faults at once', () => {
    const text = schedule('x').replace('tables:', 'table:');
    expect(read([text])).toEqual([
      `project.yaml is invalid: ${words.schedule}; datasets.0: lacks tables; datasets.0: unknown key table, did you mean tables?`,
    ]);
  });

  it('refuses what readers of YAML may take differently', () => {
    const found = read(unparsable.map(([text]) => text));
    const prefix = 'project.yaml cannot be parsed: ';
    expect(found).toEqual(
      unparsable.map(([, problem = '']) =>
        expect.stringContaining(prefix + problem),
      ),
    );
  });

  it('takes what is right', () => {
    expect(read(valid)).toEqual(valid.map(() => null));
  });
});

it('has a schema with which editors judge alike', () => {
  const ajv = new Ajv({ strict: false });
  const isValid = ajv.compile(projectSchema as object);
  const { 'x-rules': rules = [] } = projectSchema;
  const ofRules = rules.map(({ errorMessage }) => errorMessage.split(':')[1]);
  const ofSchema = invalid.filter(
    ([, problem]) => !ofRules.some(rule => problem.includes(rule.slice(0, 20))),
  );
  for (const [text, problem] of ofSchema)
    expect([problem, isValid(parse(text))]).toEqual([problem, false]);
  for (const text of valid)
    expect([text, isValid(parse(text))]).toEqual([text, true]);
});
