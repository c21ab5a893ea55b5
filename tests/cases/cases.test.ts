import { execFile } from 'node:child_process';
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
const skeleton = join(root, 'skeleton');
const lint = join(skeleton, '.venv/lint/bin');
const python = join(skeleton, '.venv/spark/bin/python');
const infraPackages = join(skeleton, 'infra/node_modules');

let folder: string;
let renderer: Awaited<ReturnType<typeof startRenderer>>;

beforeAll(async () => {
  for (const path of [lint, python, infraPackages]) {
    if (!existsSync(path)) {
      throw new Error(`${path} is missing: run make -C skeleton setup`);
    }
  }
  folder = await mkdtemp(join(tmpdir(), 'data-lake-cases-'));
  renderer = await startRenderer();
});

afterAll(async () => {
  await renderer?.stop();
  if (folder) await rm(folder, { recursive: true });
});

it('covers each choice of the form', () => {
  const all = names.map(readCase);
  expect(valuesOf(all, 'compute')).toEqual(['emr', 'emr-serverless']);
  expect(valuesOf(all, 'lakeFormation')).toEqual([false, true]);
  expect(valuesOf(all, 'airflowVersion')).toEqual(
    expect.arrayContaining(['2.11.2', '3.3.1']),
  );
});

describe.each(names)('%s', name => {
  const read = (path: string) => readFileSync(join(folder, name, path), 'utf8');
  const run = (command: string, ...args: string[]) =>
    runIn(join(folder, name), command, args);

  beforeAll(() => renderer.render(name, join(folder, name)));

  it('has a project.yaml that holds the answers', () => {
    const answers = readCase(name);
    const project = Project.parse(parse(read('project.yaml')));
    expect(project).toMatchObject({
      name: answers.name,
      description: answers.description,
      owner: answers.owner,
      system: answers.system,
      compute: answers.compute,
      lakeFormation: answers.lakeFormation,
      environments: [
        {
          name: answers.environment,
          account: answers.account,
          region: answers.region,
          dataBucket: answers.dataBucket,
          alertEmail: answers.alertEmail,
          mwaa: {
            environment: answers.mwaaEnvironment,
            airflowVersion: answers.airflowVersion,
          },
        },
      ],
    });
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

  it('has a catalog-info.yaml that the catalog takes', async () => {
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
        stacks: [{ name: `${project}-${environment}-foundations` }],
      },
    ]);
  });

  it('has nothing left to render', () => {
    const unrendered = listFiles(join(folder, name)).filter(
      path =>
        path.endsWith('.njk') ||
        OURS.test(read(path)) ||
        // What is left there is GitHub's.
        (!path.startsWith('.github/') && read(path).includes('${{')),
    );
    expect(unrendered).toEqual([]);
  });

  it('has infrastructure that is what its source makes, and passes its tests', async () => {
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
        // One process for all files, so that the CDK is loaded once.
        '--experimental-test-isolation=none',
        ...files,
      ],
    );
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(50);
    expect(stdout).toMatch(/^# skipped 0$/m);
  });

  it('has Python that ruff and the compiler take', async () => {
    const ruff = join(lint, 'ruff');
    await run(ruff, 'check', '--no-cache', '.');
    await run(ruff, 'format', '--no-cache', '--check', '.');
    const folders = ['dags', 'jobs', 'lambdas', 'local'];
    const compiled = run(python, '-m', 'compileall', '-q', ...folders);
    await expect(compiled).resolves.toMatchObject({ stdout: '' });
  });
});

/** A value or a statement of ours; JSONata's and Airflow's own braces are another matter. */
const OURS =
  /\{%-?\s*(set|if|elif|else|endif|for|endfor|macro|raw|include)\b|\$\{\{[^}]*\bvalues\./;

const readCase = (name: string): Record<string, any> =>
  parse(readFileSync(join(casesFolder, `${name}.yaml`), 'utf8'));

const valuesOf = (all: Record<string, any>[], key: string) =>
  [...new Set(all.map(answers => answers[key]))].sort();

const catalogRules = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** Each validator says no to what is of another kind, and throws at what is of its own and wrong. */
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

/** Rejects with what the command wrote, which says what is wrong. */
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
