import { Check, Project } from '@data-lake/plugin-data-lake-common';
import { AwsClients, redactAll, startHeartbeat } from '@data-lake/aws';
import { ProjectFiles } from '../project/spec/readProjectFiles';
import { CheckOutcome, unknown } from './CheckOutcome';
import { dagCheck } from './checks/dag';
import { dagFilesCheck } from './checks/dagFiles';
import { driftCheck } from './checks/drift';
import { lakeFormationCheck } from './checks/lakeFormation';
import { mwaaPolicyCheck } from './checks/mwaaPolicy';
import { parametersCheck } from './checks/parameters';
import { releaseCheck } from './checks/release';
import { stacksCheck } from './checks/stacks';
import { tablesCheck } from './checks/tables';
import { ProjectCheck } from './ProjectCheck';
import { readVerifiedStacks, VerifyContext } from './VerifyContext';

/** All checks, in the order in which a person would look. */
export const projectChecks: readonly ProjectCheck[] = [
  stacksCheck,
  driftCheck,
  mwaaPolicyCheck,
  lakeFormationCheck,
  parametersCheck,
  releaseCheck,
  dagFilesCheck,
  dagCheck,
  tablesCheck,
];

/** Options of `verifyProject`. @public */
export interface VerifyOptions {
  /** Clients of the environment's account and region. */
  clients: AwsClients;
  project: Project;
  /** Files of the commit that should be deployed. */
  files: ProjectFiles;
  /** Receives one line a check, and what to do if it did not pass. */
  log: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Tests whether a deployed environment is as its repository says: the checks that one would make by hand
 * after an installation. A check that cannot be made is unknown, with the reason, and never passed.
 *
 * @throws the errors of reading the stacks; every other failure is part of the answer
 * @public
 */
export async function verifyProject(options: VerifyOptions): Promise<Check[]> {
  const { log } = options;
  const stacks = await readVerifiedStacks(options);
  const context: VerifyContext = { ...options, stacks };
  const running = new Set(projectChecks);
  const stopHeartbeat = startHeartbeat(() => {
    const titles = [...running].map(({ title }) => title);
    log(`Still checking: ${titles.join('; ')}`);
  });
  const checks = projectChecks.map(async (check): Promise<Check> => {
    const outcome = await runCheck(check, context);
    running.delete(check);
    return { id: check.id, title: check.title, ...redactAll(outcome) };
  });
  const done = await Promise.all(checks).finally(stopHeartbeat);
  for (const check of done) logCheck(check, log);
  return done;
}

/** Runs one check; an error makes its outcome unknown. */
async function runCheck(
  check: ProjectCheck,
  context: VerifyContext,
): Promise<CheckOutcome> {
  try {
    return await check.run(context);
  } catch (error) {
    context.signal?.throwIfAborted();
    return unknown((error as Error).message, 'Fix that, then verify again');
  }
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
