import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Project } from '@data-lake/plugin-data-lake-common';
import { parseProject } from '@data-lake/plugin-data-lake-node';
import { airflowPython } from './airflowPython';
import { root, startRenderer } from './render';

/*
 * Each edit of the page "How do I change …" of a generated project is made in a copy of the project, which must then be
 * one that all readers take, and that has changed as the page says.
 */
jest.setTimeout(300_000);

/** A project after an edit. */
interface Changed {
  folder: string;
  project: Project;
  /** DAG id → tasks. */
  dags: Record<string, string[]>;
  read: (path: string) => string;
}

/** What has changed, by the heading of the page: a heading with an edit and without a line here is an error. */
const outcomes: Record<string, (changed: Changed) => unknown> = {
  Schedule: ({ project }) => expect(project.schedule).toBe('0 5 * * *'),
  'A column': ({ folder }) =>
    run(folder, join(root, 'skeleton/.venv/spark/bin/python'), [
      ...['-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
      ...['-k', 'test_types', 'tests/jobs/test_curated.py'],
    ]),
  'Alarms and a dashboard': ({ project }) =>
    expect(project.stacks.map(({ name }) => name)).toContain('observability'),
  'A second DAG': ({ project, dags }) => {
    const id = `${project.name}-${project.environments[0].name}`;
    expect(Object.keys(dags)).toEqual([id, `${id}-refresh`]);
  },
  'Python packages of the DAG': async changed => {
    await synth(changed);
    expect(changed.read('infra/templates/mwaa.template.json')).toContain(
      '"RequirementsS3Path":"requirements.txt"',
    );
  },
  'Python packages of Spark': async changed => {
    const { folder, read } = changed;
    mkdirSync(join(folder, 'jobs/packages'));
    writeFileSync(join(folder, 'jobs/packages/hello.py'), 'WORLD = 1\n');
    await synth(changed);
    expect(read('infra/templates/foundations.template.json')).toMatch(
      /jobs\/packages\.zip.{0,120}jobs\/lake\.zip/,
    );
    const release = join(folder, '.local/release');
    await run(join(folder, 'infra'), process.execPath, [
      ...['--import', 'tsx', 'bin/release.ts', release],
    ]);
    const { stdout } = await run(release, 'python3', [
      ...['-m', 'zipfile', '-l', 'jobs/packages.zip'],
    ]);
    expect(stdout).toMatch(/^hello\.py /m);
  },
  'Worker type': async changed => {
    const { project, read } = changed;
    await synth(changed);
    const template = read('infra/templates/foundations.template.json');
    expect(template).toContain('"WorkerType":"G.2X"');
    const [{ emr }] = project.environments;
    if (project.compute === 'emr') {
      expect(emr).toEqual({ instanceType: 'r6i.xlarge', coreInstances: 4 });
    } else {
      expect(read('dags/mwaalib/emr_serverless.py')).toContain('memory=32g');
    }
  },
  'Subnet of the clusters': ({ project }) =>
    expect(project.environments[0].emr?.subnetId).toMatch(/^subnet-/),
  'Table format': ({ project, folder }) =>
    expect(project.tableFormat).toBe(
      folder.includes('iceberg') ? 'parquet' : 'iceberg',
    ),
  'EMR on EC2 or EMR Serverless': ({ project, dags }) => {
    const [tasks] = Object.values(dags);
    const isEmr = project.compute === 'emr';
    expect(tasks.includes('create_cluster')).toBe(isEmr);
  },
};

const kinds = {
  'emr-parquet': { compute: 'emr', tableFormat: 'parquet' },
  'serverless-iceberg': {
    ...{ compute: 'emr-serverless', tableFormat: 'iceberg' },
    ...{ mwaa: 'new', mwaaNetwork: '' },
  },
};

let folder: string;
let renderer: Awaited<ReturnType<typeof startRenderer>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-lake-changes-'));
  renderer = await startRenderer();
  for (const [kind, answers] of Object.entries(kinds)) {
    await renderer.render('emr', join(folder, kind), answers);
  }
});

afterAll(async () => {
  await renderer?.stop();
  if (folder) await rm(folder, { recursive: true });
});

describe.each(Object.keys(kinds))('%s', kind => {
  it('becomes what the page says, change by change', async () => {
    const original = join(folder, kind);
    const sections = listSections(
      readFileSync(join(original, 'docs/change.md'), 'utf8'),
    );
    expect(sections.length).toBeGreaterThan(6);
    const copies = sections.map(({ heading, edits }) => {
      const copy = join(folder, `${kind}: ${heading.replace(/\W+/g, '-')}`);
      cpSync(original, copy, { recursive: true });
      symlinkSync(
        join(root, 'skeleton/infra/node_modules'),
        join(copy, 'infra/node_modules'),
      );
      symlinkSync(join(root, 'skeleton/.venv'), join(copy, '.venv'));
      for (const edit of edits) edit(copy);
      return copy;
    });
    const dags = await importDags(copies);
    for (const [index, { heading }] of sections.entries()) {
      const read = (path: string) =>
        readFileSync(join(copies[index], path), 'utf8');
      const project = parseProject(read('project.yaml'));
      const changed = {
        folder: copies[index],
        project,
        dags: dags[index],
        read,
      };
      expect([heading, heading in outcomes]).toEqual([heading, true]);
      await outcomes[heading](changed);
      await run(copies[index], join(root, 'skeleton/.venv/lint/bin/ruff'), [
        ...['check', '--no-cache', 'dags', 'jobs'],
      ]);
    }
  });
});

type Edit = (folder: string) => void;

/** Lists the sections of the page that have blocks to apply. */
function listSections(page: string): { heading: string; edits: Edit[] }[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map(section => ({
      heading: section.split('\n')[0],
      edits: [...section.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(
        ([, language, file, text]): Edit =>
          language === 'diff'
            ? project => applyDiff(project, text)
            : project => writeFileSync(join(project, file), text),
      ),
    }))
    .filter(({ edits }) => edits.length > 0);
}

/** Applies a diff whose hunks have no line numbers: what it takes away must be there once. */
function applyDiff(project: string, diff: string): void {
  for (const part of diff.split(/^--- /m).slice(1)) {
    const [file, ...lines] = part.replace(/\n$/, '').split('\n');
    const take = (signs: string) =>
      lines
        .filter(line => signs.includes(line[0]))
        .map(line => line.slice(1))
        .join('\n');
    const path = join(project, file);
    const parts = readFileSync(path, 'utf8').split(take(' -'));
    expect([file, take(' -'), parts.length]).toEqual([file, take(' -'), 2]);
    writeFileSync(path, parts.join(take(' +')));
  }
}

async function importDags(projects: string[]) {
  const { stdout } = await run(root, airflowPython('3.3.1'), [
    join(__dirname, 'importDags.py'),
    ...projects,
  ]);
  return stdout
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as Record<string, string[]>);
}

/** Writes the templates, as `make synth` does. */
const synth = ({ folder: project }: Changed) =>
  run(join(project, 'infra'), process.execPath, [
    ...['--import', 'tsx', 'bin/write-templates.ts'],
  ]);

/** Runs a command; rejects with its output. */
async function run(cwd: string, command: string, args: string[]) {
  const { NODE_OPTIONS, JEST_WORKER_ID, NODE_ENV, ...env } = process.env;
  try {
    return await promisify(execFile)(command, args, { cwd, env });
  } catch (error: any) {
    throw new Error(
      `${dirname(command)} ${args}: ${error.stdout}${error.stderr}`,
    );
  }
}
