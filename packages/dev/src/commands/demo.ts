import { signIn, type BackstageClient } from '../backstageClient.ts';
import { createProject } from '../demo/createProject.ts';
import { followRun } from '../demo/followRun.ts';
import { startRun } from '../demo/startRun.ts';
import { summarize } from '../demo/summarize.ts';
import { findHealth, waitForAll } from '../localAws.ts';
import { say, sayDone, seconds } from '../output.ts';
import { startAll } from './start.ts';

/**
 * Does the main job over the REST APIs, without a browser: form → task → stack → run → tables.
 * Uses the `./dev start` that is running, or starts and stops its own. Prints one JSON line.
 */
export async function demo(args: string[] = []): Promise<void> {
  const start = Date.now();
  if (!(await isRunning())) {
    await startAll();
  }
  try {
    const result = await runDemo(args[0] ?? 'movielens');
    console.log(
      JSON.stringify({
        ok: true,
        ...result,
        seconds: Math.round((Date.now() - start) / 100) / 10,
      }),
    );
  } catch (error) {
    const { message } = error as Error;
    console.log(JSON.stringify({ ok: false, reason: message }));
    throw error;
  }
}

async function isRunning(): Promise<boolean> {
  return (
    Boolean(await signIn().catch(() => undefined)) &&
    Boolean(await findHealth())
  );
}

async function runDemo(project: string) {
  const client = await signIn();
  const exists = await isInCatalog(client, project);
  const uploaded = exists ? 0 : await createProject(client, project);
  if (exists) {
    say(`The project ${project} exists: running it again`);
  }

  say('Waiting for Spark and Airflow');
  await waitForAll();

  const start = Date.now();
  const runId = await startRun(client, project);
  say(`Run ${runId} started`);
  const { environment, run } = await followRun(client, project, runId);
  sayDone(`Run ${runId} succeeded in ${seconds(start)}`);
  return summarize({ project, uploaded, environment, run });
}

function isInCatalog(
  client: BackstageClient,
  project: string,
): Promise<boolean> {
  return client
    .get(`/catalog/entities/by-name/component/default/${project}`)
    .then(
      () => true,
      () => false,
    );
}
