import { Check, Project } from '@data-lake/plugin-data-lake-common';
import { AwsClients, everyHalfMinute } from '@data-lake/aws';
import { ProjectFiles } from '../project/spec/readProjectFiles';
import { readStacks, VerifyContext } from './context';
import { dag } from './checks/dag';
import { dagFiles } from './checks/dagFiles';
import { drift } from './checks/drift';
import { lakeFormation } from './checks/lakeFormation';
import { mwaaPolicy } from './checks/mwaaPolicy';
import { parameters } from './checks/parameters';
import { release } from './checks/release';
import { stacks } from './checks/stacks';
import { tables } from './checks/tables';
import { ProjectCheck, unknown } from './checkOutcome';

/** In the order in which a person would look. */
const checks: ProjectCheck[] = [
  stacks,
  drift,
  mwaaPolicy,
  lakeFormation,
  parameters,
  release,
  dagFiles,
  dag,
  tables,
];

/** @public */
export interface VerifyOptions {
  /** Of the environment's account and region. */
  clients: AwsClients;
  project: Project;
  /** Of the commit that should be deployed. */
  files: ProjectFiles;
  /** Told each check, in one line, and what to do. */
  log: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Looks whether a deployed environment is what its repository says: the checks that one would do by hand
 * after an installation. What cannot be looked at is unknown, with the reason, and never passed.
 *
 * @throws what reading the stacks throws; whatever else fails is in the answer
 * @public
 */
export async function verifyProject(options: VerifyOptions): Promise<Check[]> {
  const context: VerifyContext = {
    ...options,
    stacks: await readStacks(options),
  };
  const open = new Set(checks.map(({ title }) => title));
  const stop = everyHalfMinute(() =>
    options.log(`Still looking: ${[...open].join('; ')}`),
  );
  const looking = checks.map(async ({ id, title, look }): Promise<Check> => {
    const verdict = await look(context).catch((error: Error) => {
      options.signal?.throwIfAborted();
      return unknown(error.message, 'Mend that, and verify again');
    });
    open.delete(title);
    return { id, title, ...verdict };
  });
  const done = await Promise.all(looking).finally(stop);
  for (const check of done) logCheck(check, options.log);
  return done;
}

const marks = { passed: '✓', failed: '✗', unknown: '?' } satisfies Record<
  Check['state'],
  string
>;

function logCheck(
  { state, title, reason, remedy }: Check,
  log: (line: string) => void,
): void {
  log(`${marks[state]} ${title}: ${reason}`);
  if (remedy && state !== 'passed') log(`    ${remedy}`);
}
