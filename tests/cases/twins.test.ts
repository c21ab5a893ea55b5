import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root, startRenderer } from './render';

/*
 * A template of the skeleton has a rendered twin beside it, for those who work on the skeleton. Prose and pictures are
 * the same in both; values.yaml-like files may quote more. With `UPDATE=true` in the environment the twins are written.
 */
const skeleton = join(root, 'skeleton');

let folder: string;
let renderer: Awaited<ReturnType<typeof startRenderer>>;

const twins = (readdirSync(skeleton, { recursive: true }) as string[])
  .filter(
    path => path.endsWith('.njk') && !/node_modules|\.venv|\.local/.test(path),
  )
  .map(path => path.replace(/\.njk$/, ''))
  .filter(path => /\.(md|svg)$|^mkdocs\.yml$|^\.gitlab-ci\.yml$/.test(path));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-lake-twins-'));
  renderer = await startRenderer();
  const { name, description, owner, environments, compute, tableFormat } =
    parse(readFileSync(join(skeleton, 'project.yaml'), 'utf8'));
  const [environment] = environments;
  await renderer.render('emr', folder, {
    ...{ name, description, owner, system: name, compute, tableFormat },
    ...{ lakeFormation: false, observability: false, mwaa: 'existing' },
    environment: environment.name,
    account: environment.account,
    region: environment.region,
    mwaaEnvironment: environment.mwaa.environment,
  });
}, 60_000);

afterAll(async () => {
  await renderer?.stop();
  if (folder) await rm(folder, { recursive: true });
});

it('has twins', () => expect(twins.length).toBeGreaterThan(5));

it.each(twins)('%s is what its template makes', path => {
  const rendered = readFileSync(join(folder, path), 'utf8');
  const twin = join(skeleton, path);
  if (process.env.UPDATE) writeFileSync(twin, rendered);
  expect(existsSync(twin)).toBe(true);
  expect(readFileSync(twin, 'utf8')).toBe(rendered);
});
