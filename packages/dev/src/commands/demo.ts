import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { signIn, type BackstageClient } from '../backstageClient.ts';
import { findHealth, readRows, waitForAll } from '../localAws.ts';
import { fail, say, sayDone, seconds } from '../output.ts';
import { startAll } from './start.ts';

/**
 * The main job without a browser, over the same REST APIs: form → task → stack → run → tables.
 * Uses the `./dev start` that is running, or starts and stops its own.
 */
export async function demo(args: string[] = []): Promise<void> {
  const begun = Date.now();
  if (!(await isRunning())) {
    await startAll();
  }
  try {
    const result = await runDemo(args[0] ?? 'movielens');
    console.log(
      JSON.stringify({
        ok: true,
        ...result,
        seconds: Math.round((Date.now() - begun) / 100) / 10,
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
  const entity = `/data-lake/entities/default/component/${project}`;
  const taken = await client
    .get(`/catalog/entities/by-name/component/default/${project}`)
    .then(
      () => true,
      () => false,
    );
  const uploaded = taken ? 0 : await create(client, project);
  if (taken) {
    say(`Project ${project} is there already: running it again`);
  }

  say('Waiting for Spark and Airflow');
  await waitForAll();

  const started = Date.now();
  const runId = await startRun(client, entity);
  say(`Run ${runId} started`);
  const { environment, run } = await followRun(client, entity, runId);
  if (run.state !== 'succeeded') {
    const cause = run.steps.find(step => step.id === run.firstFailure);
    fail(
      `The run ${runId} is ${run.state}: ${cause?.name ?? 'no step'}: ${
        cause?.error ?? 'no reason given'
      }`,
    );
  }
  sayDone(`Run ${runId} succeeded in ${seconds(started)}`);
  return summarise({ project, uploaded, environment, run });
}

async function create(
  client: BackstageClient,
  project: string,
): Promise<number> {
  const { id } = await client.post<{ id: string }>('/scaffolder/v2/tasks', {
    templateRef: 'template:default/mwaa-data-lake',
    values: {
      name: project,
      owner: 'group:default/data-engineering',
      description: 'MovieLens marts, by ./dev demo',
      system: project,
      environment: 'demo',
      account: '000000000000',
      region: 'us-east-1',
      mwaa: 'existing',
      mwaaEnvironment: 'local-airflow',
      dataBucket: '',
      airflowVersion: '3.3.1',
      compute: 'emr',
      tableFormat: 'parquet',
      lakeFormation: false,
      observability: false,
      alertEmail: '',
      repository: 'local',
    },
  });
  say(`Task ${id}: making the project ${project}`);
  let after = 0;
  for (;;) {
    const events = await client.get<TaskEvent[]>(
      `/scaffolder/v2/tasks/${id}/events?after=${after}`,
    );
    for (const event of events) {
      after = event.id;
      const line = stripVTControlCharacters(event.body.message).trim();
      if (event.type === 'log' && /step |Stack \S+ is /.test(line)) {
        say(`  ${line.replace(/^info: /, '')}`);
      }
      if (event.type === 'completion') {
        if (event.body.error) {
          fail(`The task ${id} failed: ${event.body.error.message}`);
        }
        return uploads(event.body.output);
      }
    }
    await sleep(500);
  }
}

interface TaskEvent {
  id: number;
  type: string;
  body: {
    message: string;
    error?: { message: string };
    output?: { uploaded?: number | string };
  };
}

function uploads(output?: { uploaded?: number | string }): number {
  const uploaded = Number(output?.uploaded);
  return uploaded > 0 ? uploaded : fail('The task uploaded nothing');
}

async function startRun(
  client: BackstageClient,
  entity: string,
): Promise<string> {
  const digits = new Date().toISOString().replace(/[-:]/g, '').slice(0, 15);
  const runId = `${digits}-${randomBytes(2).toString('hex')}`;
  // A new DAG shows in Airflow some seconds after its upload; till then the page's button says why not.
  const end = Date.now() + 180_000;
  for (;;) {
    const { environments } = await client.get<Pipeline>(`${entity}/pipeline`);
    const { run } = environments.find(e => e.name === 'demo')!.actions;
    if (run.allowed) {
      break;
    }
    if (Date.now() > end) {
      fail(`No run can be started after three minutes: ${run.reason}`);
    }
    await sleep(1_000);
  }
  await client.post(`${entity}/environments/demo/runs`, { runId, conf: {} });
  return runId;
}

async function followRun(
  client: BackstageClient,
  entity: string,
  runId: string,
) {
  const end = Date.now() + 15 * 60_000;
  const seen = new Map<string, string>();
  for (;;) {
    const { environments } = await client.get<Pipeline>(`${entity}/pipeline`);
    const environment = environments.find(e => e.name === 'demo')!;
    const run = environment.runs.find(r => r.id === runId);
    for (const step of run?.steps ?? []) {
      if (seen.get(step.id) !== step.state) {
        seen.set(step.id, step.state);
        say(`  ${step.service} ${step.kind} ${step.name}: ${step.state}`);
      }
    }
    const isOver = run && !['queued', 'running', 'late'].includes(run.state);
    // The tables and the run's last steps may be observed a moment later.
    if (isOver && (run.state !== 'succeeded' || tables(environment).length)) {
      return { environment, run };
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

async function summarise(options: {
  project: string;
  uploaded: number;
  environment: Environment;
  run: Run;
}) {
  const { project, uploaded, environment, run } = options;
  const steps = (service: string, kind: string) =>
    run.steps
      .filter(step => step.service === service && step.kind === kind)
      .map(({ name, state }) => ({ name, state }));
  const summary = {
    project,
    stack: environment.resources.find(
      r => r.type === 'AWS::CloudFormation::Stack',
    )?.name,
    resources: environment.resources.length,
    uploaded,
    dagRun: { id: run.id, state: run.state },
    emrSteps: steps('emr', 'step'),
    executions: steps('stepfunctions', 'execution'),
    glueRuns: steps('glue', 'job run'),
    tables: tables(environment),
    marts: await firstRows(environment),
  };
  for (const [name, value] of Object.entries(summary)) {
    const missing =
      value === undefined || (Array.isArray(value) && !value.length);
    if (missing) {
      fail(`The run succeeded, but no ${name} are to be seen`);
    }
  }
  return summary;
}

function tables(environment: Environment): string[] {
  return environment.resources
    .filter(resource => resource.type === 'AWS::Glue::Table')
    .map(resource => resource.name)
    .sort();
}

/** What the template's project makes for its readers. */
const marts = ['most_popular_movies', 'top_rated_movies'];

/** The best film of each mart, from the files that the run left in the data bucket. */
async function firstRows({
  resources,
}: Environment): Promise<Record<string, unknown>> {
  const rows = marts.map(async mart => {
    const table =
      resources.find(r => r.type === 'AWS::Glue::Table' && r.name === mart) ??
      fail(`The run succeeded, but there is no table ${mart}`);
    const [row] = await readRows({ table: table.id, order: 'rank', limit: 1 });
    return [mart, row ?? fail(`The table ${table.id} is empty`)] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}

/** What is read here of `Pipeline` in data-lake-common. */
interface Pipeline {
  environments: Environment[];
}

interface Environment {
  name: string;
  resources: { type: string; id: string; name: string }[];
  runs: Run[];
  problems: unknown[];
  actions: { run: { allowed: boolean; reason?: string } };
}

interface Run {
  id: string;
  state: string;
  firstFailure?: string;
  steps: {
    id: string;
    service: string;
    kind: string;
    name: string;
    state: string;
    error?: string;
  }[];
}
