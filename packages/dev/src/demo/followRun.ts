import { setTimeout as sleep } from 'node:timers/promises';
import type {
  EnvironmentStatus,
  Run,
} from '@data-lake/plugin-data-lake-common';
import type { BackstageClient } from '../backstageClient.ts';
import { requireOwn } from '../installed.ts';
import { fail, say } from '../output.ts';
import { getEnvironment, listTables } from './environment.ts';

/** Shows a run's steps until it is over. @throws UserError if it does not succeed within 15 minutes */
export async function followRun(
  client: BackstageClient,
  project: string,
  runId: string,
): Promise<{ environment: EnvironmentStatus; run: Run }> {
  const { isActive } = requireOwn<
    typeof import('@data-lake/plugin-data-lake-common')
  >('@data-lake/plugin-data-lake-common');
  const end = Date.now() + 15 * 60_000;
  const states = new Map<string, string>();
  for (;;) {
    const environment = await getEnvironment(client, project);
    const run = environment.runs.find(({ id }) => id === runId);
    if (run) {
      showChanges(run, states);
      if (!isActive(run)) {
        checkSuccess(run);
        // The tables may be observed a moment later.
        if (listTables(environment).length > 0) return { environment, run };
      }
    }
    if (Date.now() > end) {
      fail(
        `The run ${runId} is ${
          run?.state ?? 'not visible'
        } after 15 minutes; problems: ${JSON.stringify(environment.problems)}`,
      );
    }
    await sleep(1_500);
  }
}

/** @param states - the states that were shown, by step */
function showChanges(run: Run, states: Map<string, string>): void {
  for (const { id, service, kind, name, state } of run.steps) {
    if (states.get(id) !== state) {
      states.set(id, state);
      say(`  ${service} ${kind} ${name}: ${state}`);
    }
  }
}

function checkSuccess(run: Run): void {
  if (run.state === 'succeeded') return;
  const cause = run.steps.find(({ id }) => id === run.firstFailure);
  fail(
    `The run ${run.id} is ${run.state}: ${cause?.name ?? 'no step'}: ${
      cause?.error ?? 'no reason given'
    }`,
  );
}
