import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { render } from '../../commands/render.ts';
import { run, runForCode } from '../../processes.ts';
import type { Part } from '../part.ts';
import { reportPath } from '../reports/file.ts';
import { readJunitReport } from '../reports/junit.ts';
import { sumReports } from '../reports/report.ts';

/** The tests of a generated project, in a folder outside the repository and under another name, as its owners have it. */
export const skeleton: Part = {
  cores: 1,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'data-lake-project-'));
    try {
      await render(['observability', folder]);
      await testProject(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
    return sumReports(
      ['jobs.xml', 'dags.xml', 'infra.xml'].map(file =>
        readJunitReport(join(reports, file)),
      ),
    );
  },
};

const reports = reportPath('skeleton');

/** Runs the commands that the project's README names, in a repository of its own; none may need ours. */
async function testProject(folder: string): Promise<void> {
  const project = { cwd: folder, env: withoutOurs(process.env) };
  const git = (...args: string[]) =>
    run({ name: 'skeleton git', command: 'git', args, ...project });
  const make = (...args: string[]) => ({
    name: `tests skeleton ${args[0]}`,
    command: 'make',
    args,
    ...project,
  });
  await mkdir(reports, { recursive: true });
  await git('init', '--quiet');
  await git('add', '--all');
  await run(make('setup'));
  // If one suite fails, the others still run; their reports name the failures.
  await runForCode(make('test', '--ignore-errors', `REPORTS=${reports}`));
  await run(make('synth'));
  await run(make('run-local'));
  // The committed templates equal their source's output, and .gitignore names all other files made here.
  await run({
    name: 'skeleton changes',
    command: 'sh',
    args: [
      '-c',
      'git diff --exit-code && ! git ls-files --others --exclude-standard | grep .',
    ],
    ...project,
  });
}

function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours =
    /^((AWS|LOCAL_AWS|BACKSTAGE|DATA_LAKE)_|(NODE_ENV|NODE_OPTIONS|PYTHONPATH)$)/;
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !ours.test(name)),
  );
}
