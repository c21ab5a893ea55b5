import { setTimeout as sleep } from 'node:timers/promises';
import { localEnvironment } from './environment.ts';
import { fail, say } from './output.ts';
import { startProcess, tail, type RunningProcess } from './processes.ts';

export const localAwsUrl = 'http://127.0.0.1:4566';

interface Component {
  status: 'installing' | 'starting' | 'ready' | 'failed';
  detail?: string;
}

interface Health {
  ready: boolean;
  components: Record<string, Component>;
}

/**
 * Starts the local AWS, which installs its environments first and shows its progress.
 *
 * @param settings - `LOCAL_AWS_…` variables; optional, default those of `./dev start`
 */
export function startLocalAws(
  state: string,
  settings: Record<string, string> = {},
): RunningProcess {
  return startProcess({
    name: 'local-aws',
    command: 'python3',
    args: ['-m', 'local_aws', 'start'],
    env: { ...localEnvironment(state), ...settings },
    onLine: line => {
      const progress = /^local-aws: (.*)/.exec(line);
      if (progress) {
        say(`Local AWS: ${progress[1]}`);
      }
    },
  });
}

/** Reads the health of the local AWS. @returns undefined if it does not answer */
export async function findHealth(
  url = localAwsUrl,
): Promise<Health | undefined> {
  try {
    const response = await fetch(`${url}/_local-aws/health`, {
      signal: AbortSignal.timeout(5_000),
    });
    return response.ok ? ((await response.json()) as Health) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the first `limit` rows, by column `order`, of a table of the catalog (`database.name`). */
export async function readRows(query: {
  table: string;
  order: string;
  limit: number;
}): Promise<Record<string, unknown>[]> {
  const { table, order, limit } = query;
  const path = `${table.replace('.', '/')}?order=${order}&limit=${limit}`;
  const response = await fetch(`${localAwsUrl}/_local-aws/tables/${path}`, {
    signal: AbortSignal.timeout(30_000),
  });
  const answer = await response.json();
  return response.ok
    ? answer.rows
    : fail(`The table ${table} could not be read: ${answer.message}`);
}

/** Waits until the API answers; Spark and Airflow may still be starting. */
export async function waitForApi(aws: RunningProcess): Promise<void> {
  await waitFor({
    aws,
    minutes: 10,
    what: 'the API of the local AWS',
    until: async () => (await findHealth()) !== undefined,
  });
}

/** Waits until Spark and Airflow are ready too. */
export async function waitForAll(
  aws?: RunningProcess,
  url = localAwsUrl,
): Promise<void> {
  await waitFor({
    aws,
    minutes: 20,
    what: 'Spark and Airflow',
    until: async () => {
      const health = await findHealth(url);
      const failed = Object.entries(health?.components ?? {}).find(
        ([, component]) => component.status === 'failed',
      );
      if (failed) {
        fail(`Local AWS: ${failed[0]} failed: ${failed[1].detail}`);
      }
      return health?.ready ?? false;
    },
  });
}

async function waitFor(options: {
  aws?: RunningProcess;
  minutes: number;
  what: string;
  until: () => Promise<boolean>;
}): Promise<void> {
  let ended = false;
  void options.aws?.exited.then(() => (ended = true));
  const end = Date.now() + options.minutes * 60_000;
  while (Date.now() < end) {
    if (await options.until()) {
      return;
    }
    if (ended) {
      fail(`The local AWS ended:\n${await tail('local-aws')}`);
    }
    await sleep(500);
  }
  fail(
    `${options.what} did not come up within ${
      options.minutes
    } minutes:\n${await tail('local-aws')}`,
  );
}
