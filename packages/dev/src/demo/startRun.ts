import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackstageClient } from '../backstageClient.ts';
import { fail } from '../output.ts';
import { demoEnvironment, entityPath, getEnvironment } from './environment.ts';

/** Starts a run as soon as the page's button would. @returns its id */
export async function startRun(
  client: BackstageClient,
  project: string,
): Promise<string> {
  await waitUntilAllowed(client, project);
  const runId = makeRunId();
  await client.post(
    `${entityPath(project)}/environments/${demoEnvironment}/runs`,
    { runId, conf: {} },
  );
  return runId;
}

/** Waits until a run can be started: Airflow lists a new DAG some seconds after its upload. */
async function waitUntilAllowed(
  client: BackstageClient,
  project: string,
): Promise<void> {
  const end = Date.now() + 180_000;
  for (;;) {
    const { run } = (await getEnvironment(client, project)).actions;
    if (run.allowed) return;
    if (Date.now() > end) {
      fail(`No run can be started after three minutes: ${run.reason}`);
    }
    await sleep(1_000);
  }
}

/** `<yyyymmdd>T<hhmmss>-<4 hex>` */
function makeRunId(): string {
  const time = new Date().toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${time}-${randomBytes(2).toString('hex')}`;
}
