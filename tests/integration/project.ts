import {
  cp,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toEntityRef } from '@data-lake/plugin-data-lake-common';
import { parseProject } from '@data-lake/plugin-data-lake-node';
import { parse, stringify } from 'yaml';

const skeleton = join(__dirname, '../../skeleton');

/** Installed or generated files, which are not copied. */
const left = /[/\\](\.venv|\.local|node_modules|cdk\.out|__pycache__)$/;

/** Copies the skeleton to a folder, as the repository of a project with other values. */
export async function makeProject(change: (values: any) => void) {
  const source = await mkdtemp(join(tmpdir(), 'data-lake-project-'));
  await cp(skeleton, source, {
    recursive: true,
    filter: path => !left.test(path),
  });
  const packages = join(skeleton, 'infra/node_modules');
  await symlink(packages, join(source, 'infra/node_modules'));
  const file = join(source, 'project.yaml');
  const values = parse(await readFile(file, 'utf8'));
  change(values);
  values.entity = toEntityRef(values.name);
  const text = stringify(values, { aliasDuplicateObjects: false });
  await writeFile(file, text);
  return {
    source,
    project: parseProject(text),
    remove: () => rm(source, { recursive: true, force: true }),
  };
}
