import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { root, startRenderer } from './render';

/* The docs of a project tell of what it has, and of nothing else; what they name is there. */
let folder: string;
let renderer: Awaited<ReturnType<typeof startRenderer>>;

const variants = ['emr', 'emr-serverless'].flatMap(compute =>
  ['parquet', 'iceberg'].map(tableFormat => ({ compute, tableFormat })),
);
const nameOf = (variant: object) => Object.values(variant).join('-');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-lake-docs-'));
  renderer = await startRenderer();
  for (const [index, variant] of variants.entries()) {
    await renderer.render('emr', join(folder, nameOf(variant)), {
      ...variant,
      // both kinds of the other choices, once with each compute
      ...(index % 2 === 0
        ? { mwaa: 'new', mwaaNetwork: '', observability: true }
        : { lakeFormation: true }),
    });
  }
}, 120_000);

afterAll(async () => {
  await renderer?.stop();
  if (folder) await rm(folder, { recursive: true });
});

/** What a project with a choice has nothing of. How to choose otherwise is on a page of its own. */
const absent: Record<string, RegExp> = {
  emr: /serverless/i,
  'emr-serverless': /\bclusters?\b|EMR on EC2|emr-ec2|create_cluster|subnet/i,
  parquet: /iceberg/i,
  iceberg: /crawl/i,
};
const ofAnyChoice = ['docs/change.md', 'docs/add-a-dataset.md'];

describe.each(variants)('$compute with $tableFormat', variant => {
  const project = () => join(folder, nameOf(variant));
  const listPages = () => [
    'README.md',
    ...(readdirSync(join(project(), 'docs'), { recursive: true }) as string[])
      .filter(file => /\.(md|svg)$/.test(file))
      .map(file => `docs/${file}`),
  ];
  const read = (file: string) => readFileSync(join(project(), file), 'utf8');

  it('reads of nothing that it has not', () => {
    const found = listPages()
      .filter(page => !ofAnyChoice.includes(page))
      .flatMap(page =>
        read(page)
          .split('\n')
          .filter(line =>
            Object.values(variant).some(choice => absent[choice].test(line)),
          )
          .map(line => `${page}: ${line}`),
      );
    expect(found).toEqual([]);
  });

  it('has nothing left to render', () => {
    const left = listPages().filter(page => /\$\{\{|\{%|\{#/.test(read(page)));
    expect(left).toEqual([]);
  });

  it('links to pages, pictures and headings that are there', () => {
    const dead = listPages().flatMap(page =>
      [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link]) => link)
        .filter(link => !/^[a-z]+:/.test(link))
        .filter(link => {
          const [file, anchor] = link.split('#');
          const target = file ? normalize(join(dirname(page), file)) : page;
          if (!existsSync(join(project(), target))) return true;
          return anchor && !anchorsOf(read(target)).includes(anchor);
        })
        .map(link => `${page}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('has tables whose rows have the columns of their heads', () => {
    const broken = listPages().flatMap(page =>
      read(page)
        .split(/\n(?!\|)/)
        .flatMap(block => {
          const rows = block.split('\n').filter(line => line.startsWith('|'));
          const count = (row: string) =>
            row.replace(/`[^`]*`/g, '').split('|').length;
          return rows.filter(row => count(row) !== count(rows[0]));
        })
        .map(row => `${page}: ${row}`),
    );
    expect(broken).toEqual([]);
  });

  it('names error texts that its code has', () => {
    const code = ['dags', 'jobs', 'lambdas', 'statemachine']
      .flatMap(part =>
        (readdirSync(join(project(), part), { recursive: true }) as string[])
          .filter(file => /\.(py|json)$/.test(file))
          .map(file => read(`${part}/${file}`)),
      )
      .join('\n');
    const texts = read('docs/runbook.md')
      .split('## By error text')[1]
      .split('\n## ')[0]
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .map(line => line.split(' | ')[0])
      // what AWS says is not in the code
      .filter(cell => !cell.endsWith('(AWS)'))
      .flatMap(cell =>
        [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text),
      );
    expect(texts.length).toBeGreaterThan(12);
    expect(texts.filter(text => !code.includes(text))).toEqual([]);
  });
});

describe('make', () => {
  const make = (...args: string[]) =>
    spawnSync('make', ['-n', ...args], {
      cwd: join(folder, nameOf(variants[0])),
      encoding: 'utf8',
    });

  it.each(['preview', 'deploy', 'verify'])(
    'calls the command line to %s, with its options',
    act => {
      const { stdout } = make(act, 'E=prod', 'OPTIONS=--format json');
      expect(stdout).toBe(`node cli/data-lake.cjs ${act} prod --format json\n`);
    },
  );

  it('shows the logs of an environment', () => {
    expect(make('logs', 'E=prod', 'SINCE=12').stdout).toMatch(
      /python local\/logs\.py prod --hours 12\n$/,
    );
  });

  it.each(['preview', 'deploy', 'verify', 'logs'])(
    'asks for the environment to %s',
    act => {
      const { status, stderr } = make(act);
      expect(status).not.toBe(0);
      expect(stderr).toContain(`Name the environment: make ${act} E=<name>`);
    },
  );

  it('explains every target that the README names', () => {
    const project = join(folder, nameOf(variants[0]));
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    const named = [...readme.matchAll(/^ {4}make (\w[\w-]*)/gm)].map(m => m[1]);
    const { stdout } = spawnSync('make', ['help'], {
      cwd: project,
      encoding: 'utf8',
    });
    const explained = stdout
      .split('\n')
      .flatMap(line => line.split(/ {2,}/)[0].split(' '));
    expect(named.length).toBeGreaterThan(7);
    expect(named.filter(target => !explained.includes(target))).toEqual([]);
  });
});

it('has every page in the navigation, and no other', () => {
  const project = join(folder, nameOf(variants[0]));
  const nav = [
    ...readFileSync(join(project, 'mkdocs.yml'), 'utf8').matchAll(
      /^ {2}- .*: (\S+\.md)$/gm,
    ),
  ].map(([, page]) => page);
  const pages = readdirSync(join(project, 'docs')).filter(file =>
    file.endsWith('.md'),
  );
  expect([...nav].sort()).toEqual(pages.sort());
});

it('has the columns and keys of the tables as the jobs declare them', () => {
  const jobs = join(root, 'skeleton/jobs/lake/datasets/movielens');
  const page = readFileSync(join(root, 'skeleton/docs/data-model.md'), 'utf8');
  const picture = readFileSync(
    join(root, 'skeleton/docs/images/data-model.svg'),
    'utf8',
  );
  for (const table of ['movies', 'ratings', 'tags']) {
    const code = readFileSync(join(jobs, `preprocess_${table}.py`), 'utf8');
    const listed = /columns=\{([^]*?)\n {8}\}/.exec(code)![1];
    const columns = [...listed.matchAll(/^ {12}"(\w+)":/gm)].map(m => m[1]);
    const key = [.../key=\[([^\]]*)\]/.exec(code)![1].matchAll(/"(\w+)"/g)].map(
      m => m[1],
    );
    expect(columns.length).toBeGreaterThan(3);
    expect(columnsOf(page, table)).toEqual(columns);
    const rows = picture.split(`class="name">${table}<`)[1].split('<rect')[0];
    const drawn = [
      ...rows.matchAll(/<text x="\d+" y="\d+"( class="key")?>(\w+)</g),
    ];
    expect(drawn.map(m => m[2])).toEqual(columns);
    expect(drawn.filter(m => m[1]).map(m => m[2])).toEqual(key);
  }
});

/** Lists the columns of a table's rows, the first of which has its name. */
function columnsOf(page: string, table: string): string[] {
  const rows = page.split(`\n| \`${table}\` |`)[1].split(/\n\| `/)[0];
  return rows
    .split('\n')
    .map(row => (row.startsWith('| |') ? row.slice(3) : row))
    .flatMap(row =>
      [...row.split(' | ')[0].matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
}

const anchorsOf = (text: string) =>
  [...text.replace(/^\s*```[^]*?```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(
    ([, heading]) =>
      heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_\- ]/gu, '')
        .replaceAll(' ', '-'),
  );
