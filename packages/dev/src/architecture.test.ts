/** ARCHITECTURE.md is true where code can tell: parts, names, parameters, outputs, ports. */
import {
  environmentNamePattern,
  projectNamePattern,
  ServiceId,
  starterTasks,
  tagKeys,
  toRunId,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const architecture = read('ARCHITECTURE.md');
const readTemplate = (name: string) =>
  JSON.parse(read(`skeleton/infra/templates/${name}.template.json`));
const foundations = readTemplate('foundations');

/** The cell beside a name in a table of two columns. */
function cell(name: string): string {
  const row = architecture
    .split('\n')
    .find(line => line.startsWith(`| ${name} `) || line === `| ${name} |`);
  expect({ name, row }).toEqual({ name, row: expect.any(String) });
  return row!.split('|')[2].trim();
}

/** The words in backticks, in order. */
const codeWords = (text: string) =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word);

/** A paragraph that starts so, to the next empty line. */
function paragraph(start: string): string {
  const from = architecture.indexOf(start);
  expect({ start, found: from >= 0 }).toEqual({ start, found: true });
  return architecture.slice(from).split('\n\n')[0];
}

describe('ARCHITECTURE.md', () => {
  it('lists every package and plugin, and no other', () => {
    const tree = paragraph('```\npackages/');
    const listed: string[] = [];
    let group = '';
    for (const line of tree.split('\n')) {
      const [, top] = /^(\w+)\/(?:\s|$)/.exec(line) ?? [];
      if (top) group = top;
      const [, names] = /^ {2}((?:[\w-]+\/ ?)+)/.exec(line) ?? [];
      if (!names) continue;
      for (const name of names.trim().split(' ')) {
        listed.push(`${group}/${name.replace(/\/$/, '')}`);
      }
    }
    const folders = execFileSync('git', ['ls-files', 'packages', 'plugins'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
      .split('\n')
      .filter(path => existsSync(join(root, path)) && path.split('/')[2])
      .map(path => path.split('/').slice(0, 2).join('/'));
    expect(
      listed.filter(path => /^(packages|plugins)\//.test(path)).sort(),
    ).toEqual([...new Set(folders)].sort());
  });

  it('names the rooms that are there', () => {
    for (const [path, rooms] of [
      ['packages/s3-sync/src', 'bucket, manifest, files, plan, apply'],
      [
        'packages/cloudformation/src',
        'template, stack, permissions, cost, change, operation, delete',
      ],
    ]) {
      expect(architecture).toContain(rooms);
      for (const room of rooms.split(', ')) {
        expect({ room, there: existsSync(join(root, path, room)) }).toEqual({
          room,
          there: true,
        });
      }
    }
  });

  it('lists the services', () => {
    const [, listed] = /for folders, types\s+and icons alike:\s+`([^`]+)`/.exec(
      architecture,
    )!;
    expect(listed.split(' ').sort()).toEqual(
      ServiceId.options.filter(id => id !== 'unknown').sort(),
    );
  });

  it('has the patterns and names of the code', () => {
    const [, project, environment] =
      /`P` = project \(`([^`]+)`\), `E` = environment \(`([^`]+)`\)/.exec(
        architecture,
      )!;
    expect([project, environment]).toEqual([
      projectNamePattern.source,
      environmentNamePattern.source,
    ]);
    expect(cell('stack')).toContain(
      `\`${toStackName('P', 'E', 'foundations')}\``,
    );
    const { runId: _, ...onEverything } = tagKeys;
    expect(codeWords(cell('tags on everything')).sort()).toEqual(
      Object.values(onEverything).sort(),
    );
    expect(cell('EMR cluster')).toContain(tagKeys.runId);
    expect(cell('run id')).toContain('<yyyymmdd>T<hhmmss>-<4 hex>');
    expect(toRunId(new Date(0), '7f3a')).toMatch(/^\d{8}T\d{6}-[0-9a-f]{4}$/);
  });

  it("has the tasks of the skeleton's DAG", () => {
    const tasks = codeWords(cell('tasks of the DAG'));
    expect(tasks).toEqual(expect.arrayContaining(Object.values(starterTasks)));
    const dag = read('skeleton/dags/data_lake.py');
    const ids = tasks.filter(
      task => /^[a-z_]+$/.test(task) && !/^(movies|ratings|tags)$/.test(task),
    );
    for (const id of ids) {
      expect({ id, there: dag.includes(id) }).toEqual({ id, there: true });
    }
  });

  it('has the parameters, outputs and SSM parameters of the foundations template', () => {
    expect(
      codeWords(paragraph('Parameters of the foundations template')).filter(
        word => /^[A-Z]\w+$/.test(word),
      ),
    ).toEqual(Object.keys(foundations.Parameters));
    expect(
      codeWords(paragraph('Outputs:')).filter(word => /^[A-Z]\w+$/.test(word)),
    ).toEqual(Object.keys(foundations.Outputs));
    const [names] = codeWords(cell('SSM parameters'));
    const listed = /\{([^}]+)\}/.exec(names)![1].split(',');
    const made = Object.values<any>(foundations.Resources)
      .filter(({ Type }) => Type === 'AWS::SSM::Parameter')
      .map(({ Properties }) => Properties.Name['Fn::Sub'].split('/').pop());
    expect(listed.sort()).toEqual(made.sort());
  });

  it('has the ports that the code listens on', () => {
    const table = architecture.slice(architecture.indexOf('## Ports'));
    const ports = [...table.matchAll(/^\| (\d+)…? /gm)].map(([, port]) => port);
    const sources: Record<string, string> = {
      7007: 'app-config.yaml',
      4566: 'packages/local-aws/local_aws/settings.py',
      4567: 'packages/local-aws/local_aws/settings.py',
      18080: 'packages/local-aws/local_aws/settings.py',
      7017: 'packages/backend/render.config.yaml',
      26500: 'packages/dev/src/bench/localAws.ts',
    };
    expect(ports).toEqual(expect.arrayContaining(Object.keys(sources)));
    for (const [port, file] of Object.entries(sources)) {
      expect({ port, file, there: read(file).includes(port) }).toEqual({
        port,
        file,
        there: true,
      });
    }
  });
});

it('numbers the decisions one after the other, in name and title', () => {
  const names = readdirSync(join(root, 'docs/adr')).sort();
  const numbered = names.map(name => [
    Number(name.slice(0, 4)),
    Number(/^# (\d+)\. /.exec(read(`docs/adr/${name}`))?.[1]),
  ]);
  expect(numbered).toEqual(names.map((_, index) => [index + 1, index + 1]));
});
