import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { requireInstalled } from '../../installed.ts';
import { say } from '../../output.ts';
import { local, root } from '../../paths.ts';
import { run } from '../../processes.ts';
import type { StackRequest } from './deployers.ts';

/** Copies the skeleton, without its installed packages, so that its project can be renamed. @returns its folder */
export async function copyProject(): Promise<string> {
  const skeleton = join(root, 'skeleton');
  const project = join(local, 'bench/project');
  await rm(project, { recursive: true, force: true });
  await mkdir(project, { recursive: true });
  await cp(skeleton, project, {
    recursive: true,
    filter: source =>
      !/(^|\/)(\.venv|\.local|node_modules|__pycache__|cdk\.out)(\/|$)/.test(
        relative(skeleton, source),
      ),
  });
  say("Installing the project's CDK");
  await run({
    name: 'cdk project install',
    command: 'npm',
    args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    cwd: join(project, 'infra'),
  });
  return project;
}

/** Renames the project, and reads the values of its stack from it as its README says. */
export async function toRequest(
  project: string,
  name: string,
): Promise<StackRequest> {
  const { parse, stringify } = requireInstalled<typeof import('yaml')>('yaml');
  const path = join(project, 'project.yaml');
  const content = parse(await readFile(path, 'utf8'));
  // a project has the name of its entity
  const entity = `component:default/${name}`;
  await writeFile(path, stringify({ ...content, name, entity }));
  const environment = content.environments[0].name as string;
  return {
    stackName: `${name}-${environment}-foundations`,
    template: join(project, 'infra/templates/foundations.template.json'),
    parameters: await printedValues(project, environment),
    tags: await printedValues(project, environment, '--tags'),
  };
}

/** Reads the `Name=Value` lines that the project prints. */
async function printedValues(
  project: string,
  ...args: string[]
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  await run({
    name: 'bench parameters',
    command: process.execPath,
    args: ['--import', 'tsx', 'bin/parameters.ts', ...args],
    cwd: join(project, 'infra'),
    onLine: line => {
      const at = line.indexOf('=');
      values[line.slice(0, at)] = line.slice(at + 1);
    },
  });
  return values;
}
