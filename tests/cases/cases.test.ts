import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  componentEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import { parseEnvironments, Project } from '@data-lake/plugin-data-lake-common';
import { parse, parseAllDocuments } from 'yaml';
import { casesFolder, root, startRenderer } from './render';

const names = readdirSync(casesFolder).map(file => file.replace('.yaml', ''));
const airflowVersions = choicesOf(
  parse(readFileSync(join(casesFolder, '../template.yaml'), 'utf8')),
).airflowVersion as string[];
const skeleton = join(root, 'skeleton');
const lint = join(skeleton, '.venv/lint/bin');
const python = join(skeleton, '.venv/spark/bin/python');
const infraPackages = join(skeleton, 'infra/node_modules');

let folder: string;
let renderer: Awaited<ReturnType<typeof startRenderer>>;

beforeAll(async () => {
  const airflows = airflowVersions.map(airflow);
  for (const path of [lint, python, infraPackages, ...airflows]) {
    if (!existsSync(path)) {
      throw new Error(`${path} is missing: run ./dev test cases`);
    }
  }
  folder = await mkdtemp(join(tmpdir(), 'data-lake-cases-'));
  renderer = await startRenderer();
});

afterAll(async () => {
  await renderer?.stop();
  if (folder) await rm(folder, { recursive: true });
});

it('covers every choice of the form', () => {
  const all = names.map(readCase);
  const choices = choicesOf(
    parse(readFileSync(join(casesFolder, '../template.yaml'), 'utf8')),
  );
  expect(Object.keys(choices).sort()).toEqual([
    'airflowVersion',
    'compute',
    'lakeFormation',
    'mwaa',
    'observability',
    'tableFormat',
  ]);
  for (const [name, values] of Object.entries(choices)) {
    expect([name, valuesOf(all, name)]).toEqual([name, [...values].sort()]);
  }
});

describe.each(names)('%s', name => {
  const read = (path: string) => readFileSync(join(folder, name, path), 'utf8');
  const run = (command: string, ...args: string[]) =>
    runIn(join(folder, name), command, args);

  beforeAll(() => renderer.render(name, join(folder, name)));

  it('has a project.yaml with the answers', () => {
    const answers = readCase(name);
    const project = Project.parse(parse(read('project.yaml')));
    expect(project).toMatchObject({
      name: answers.name,
      description: answers.description,
      owner: answers.owner,
      system: answers.system,
      compute: answers.compute,
      tableFormat: answers.tableFormat,
      lakeFormation: answers.lakeFormation,
      stacks: stacksOf(answers).map(stack => ({ name: stack })),
      environments: [
        {
          name: answers.environment,
          account: answers.account,
          region: answers.region,
          dataBucket: answers.dataBucket,
          alertEmail: answers.alertEmail,
          mwaa: {
            environment:
              answers.mwaaEnvironment ??
              `${answers.name}-${answers.environment}`,
            airflowVersion: answers.airflowVersion,
            ...(answers.mwaaNetwork && {
              network: {
                securityGroup: answers.mwaaNetwork.split(',')[0],
                subnets: answers.mwaaNetwork.split(',').slice(1),
              },
            }),
          },
        },
      ],
    });
    // Absent: the stack of a new VPC tells the DAG, or EMR needs none.
    const subnetId =
      answers.emrSubnet || answers.mwaaNetwork?.split(',')[1] || undefined;
    expect(project.environments[0].emr).toEqual(
      answers.compute === 'emr' && subnetId ? { subnetId } : undefined,
    );
    for (const path of [
      ...project.stacks.map(({ template }) => template),
      ...project.release.archives,
      project.dags,
    ]) {
      expect([path, existsSync(join(folder, name, path))]).toEqual([
        path,
        true,
      ]);
    }
  });

  it('has a catalog-info.yaml that the catalog accepts', async () => {
    const { name: project, environment, system } = readCase(name);
    const entities = parseAllDocuments(read('catalog-info.yaml')).map(
      document => document.toJS({ maxAliasCount: 0 }) as Entity,
    );
    for (const entity of entities) {
      await catalogRules.enforce(entity);
      await expect(isOfKnownKind(entity)).resolves.toBe(true);
    }
    const refs = entities.map(stringifyEntityRef);
    expect(refs).toContain(`component:default/${project}`);
    expect(refs.includes(`system:default/${system}`)).toBe(system === project);
    const component = entities.find(({ kind }) => kind === 'Component')!;
    for (const ref of component.spec!.dependsOn as string[]) {
      expect(refs).toContain(ref);
    }
    expect(parseEnvironments(component)).toMatchObject([
      {
        name: environment,
        stacks: stacksOf(readCase(name)).map(stack => ({
          name: `${project}-${environment}-${stack}`,
        })),
      },
    ]);
  });

  it('has nothing left to render', () => {
    const unrendered = listFiles(join(folder, name)).filter(
      path =>
        path.endsWith('.njk') ||
        // The command line is a compiled program.
        (!path.startsWith('cli/') &&
          (OURS.test(read(path)) ||
            // The remaining braces are GitHub's and Gitea's.
            (!/^\.(github|gitea)\//.test(path) && read(path).includes('${{')))),
    );
    expect(unrendered).toEqual([]);
  });

  it('has the command line, whole, which runs without packages', async () => {
    const cli = join(folder, name, 'cli');
    await runIn(cli, 'sha256sum', ['--check', '--strict', 'SHA256SUMS']);
    const { stdout } = await runIn(join(folder, name), process.execPath, [
      'cli/data-lake.cjs',
      '--help',
    ]);
    expect(stdout).toContain('Usage: data-lake');
  });

  it('has infrastructure that matches its source and passes its tests', async () => {
    await symlink(infraPackages, join(folder, name, 'infra/node_modules'));
    const files = readdirSync(join(folder, name, 'infra/test'))
      .filter(file => file.endsWith('.test.ts'))
      .map(file => `test/${file}`);
    const { stdout } = await runIn(
      join(folder, name, 'infra'),
      process.execPath,
      [
        '--import',
        'tsx',
        '--test',
        // One process for all files, so that it loads the CDK once.
        '--experimental-test-isolation=none',
        ...files,
      ],
    );
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(50);
    expect(stdout).toMatch(/^# skipped 0$/m);
  });

  it('has Python that ruff and the compiler accept', async () => {
    const ruff = join(lint, 'ruff');
    await run(ruff, 'check', '--no-cache', '.');
    await run(ruff, 'format', '--no-cache', '--check', '.');
    const folders = ['dags', 'jobs', 'lambdas', 'local'];
    const compiled = run(python, '-m', 'compileall', '-q', ...folders);
    await expect(compiled).resolves.toMatchObject({ stdout: '' });
  });
});

/** Checks that run once for all cases: the Python is the same in all of them. */
describe('all cases', () => {
  it('have the same Python, state machine and rules as the skeleton', () => {
    for (const name of names) {
      for (const part of [
        'dags',
        'jobs',
        'lambdas',
        'local',
        'statemachine',
        'tests',
      ]) {
        expect([name, part, digestOf(join(folder, name, part))]).toEqual([
          name,
          part,
          digestOf(join(skeleton, part)),
        ]);
      }
    }
  });

  it.each(airflowVersions)(
    'have a DAG that Airflow %s imports',
    async version => {
      const line = version.split('.')[0];
      const cases = names.filter(
        name => readCase(name).airflowVersion.split('.')[0] === line,
      );
      expect(cases.length).toBeGreaterThan(1);
      const { stdout } = await runIn(root, airflow(version), [
        join(__dirname, 'importDags.py'),
        ...cases.map(name => join(folder, name)),
      ]);
      const found = stdout
        .split('\n')
        .filter(text => text.startsWith('{'))
        .map(text => JSON.parse(text));
      expect(found.map(dags => Object.keys(dags))).toEqual(
        cases.map(name => {
          const { name: project, environment } = readCase(name);
          return [`${project}-${environment}`];
        }),
      );
      for (const [index, dags] of found.entries()) {
        const tasks = Object.values<string[]>(dags)[0];
        const { compute } = readCase(cases[index]);
        expect(tasks.includes('create_cluster')).toBe(compute === 'emr');
        expect(tasks).toEqual(expect.arrayContaining(['start_execution']));
      }
    },
  );

  // `./dev test skeleton` runs them on the newest version, with all other tests of a rendered project.
  it.each(airflowVersions.filter(version => version !== '3.3.1'))(
    'pass the tests of the DAG on Airflow %s',
    async version => {
      const name = names.find(
        each => readCase(each).airflowVersion === version,
      )!;
      const { stdout: packages } = await runIn(root, python, [
        '-c',
        'import pathlib, pytest; print(pathlib.Path(pytest.__file__).parents[1])',
      ]);
      const { stdout } = await runIn(join(folder, name), airflow(version), [
        join(__dirname, 'runPytest.py'),
        packages.trim(),
        ...['-q', '-p', 'no:cacheprovider', 'tests/dags'],
      ]);
      expect(stdout).toMatch(/^\d+ passed/m);
    },
    240_000,
  );
});

/** Matches a value or a statement of the template, but not the braces of JSONata and Airflow. */
const OURS =
  /\{%-?\s*(set|if|elif|else|endif|for|endfor|macro|raw|include)\b|\$\{\{[^}]*\bvalues\./;

const readCase = (name: string): Record<string, any> =>
  parse(readFileSync(join(casesFolder, `${name}.yaml`), 'utf8'));

/** Lists the values that the form offers for every question with choices. */
function choicesOf(template: any): Record<string, unknown[]> {
  const choices: Record<string, unknown[]> = {};
  const walk = (value: any) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, question] of Object.entries<any>(
      value.properties ?? {},
    )) {
      // A branch of a dependency has one value of the question that it depends on.
      if (question.enum && question.title) choices[name] = question.enum;
      if (question.type === 'boolean') choices[name] = [false, true];
    }
    Object.values(value).forEach(walk);
  };
  walk(template.spec.parameters);
  return choices;
}

/** Lists the stacks that the answers request, in order. */
const stacksOf = (answers: Record<string, any>) => [
  ...(answers.mwaa === 'new' ? ['mwaa'] : []),
  'foundations',
  ...(answers.observability ? ['observability'] : []),
];

const airflow = (version: string) =>
  join(
    process.env.LOCAL_AWS_ENVS ?? join(root, '.local/envs'),
    `airflow-${version}`,
    'bin/python',
  );

function digestOf(path: string): string {
  const hash = createHash('sha256');
  for (const file of listFiles(path).sort()) {
    if (file.includes('__pycache__')) continue;
    hash.update(file).update(readFileSync(join(path, file)));
  }
  return hash.digest('hex');
}

const valuesOf = (all: Record<string, any>[], key: string) =>
  [...new Set(all.map(answers => answers[key]))].sort();

const catalogRules = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** Validates an entity: a validator returns false for other kinds, and throws for an invalid entity of its kind. */
async function isOfKnownKind(entity: Entity): Promise<boolean> {
  const answers = await Promise.all(
    [
      componentEntityV1alpha1Validator,
      resourceEntityV1alpha1Validator,
      systemEntityV1alpha1Validator,
    ].map(validator => validator.check(entity)),
  );
  return answers.includes(true);
}

const listFiles = (from: string) =>
  (readdirSync(from, { recursive: true }) as string[]).filter(
    path =>
      !path.includes('node_modules') && statSync(join(from, path)).isFile(),
  );

/** Runs a command; rejects with its output, which describes the failure. */
async function runIn(cwd: string, command: string, args: string[]) {
  const { NODE_OPTIONS, JEST_WORKER_ID, NODE_ENV, ...env } = process.env;
  try {
    return await promisify(execFile)(command, args, { cwd, env });
  } catch (error: any) {
    const failed = /^not ok [^]*?\.\.\.$/m.exec(error.stdout)?.[0];
    throw new Error(
      `${command} failed: ${failed ?? error.stdout}\n${error.stderr}`,
    );
  }
}
