import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { localAwsClient, localEnvironment } from '../environment.ts';
import { startLocalAws, waitForAll } from '../localAws.ts';
import { local } from '../paths.ts';
import { checkPorts } from '../ports.ts';
import { stopProcess } from '../processes.ts';
import { startProxy, type Proxy } from './proxy.ts';

/** A local AWS for one benchmark, with an empty state of its own, which is deleted afterwards. */
export interface BenchAws {
  proxy: Proxy;
  /** The environment of a process whose calls go through the proxy. */
  env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

const ports = { ministack: 26500, moto: 26501, proxy: 26502 };

/** Starts a local AWS, and waits until all of it is ready: nothing is installed during a measurement. */
export async function startBenchAws(
  name: string,
  options: {
    roundTripMs?: number;
    /** Seconds that an operation of a stack takes; optional, default none. */
    stackSeconds?: number;
  } = {},
): Promise<BenchAws> {
  const { roundTripMs, stackSeconds = 0 } = options;
  await checkPorts({
    [ports.ministack]: "a benchmark's local AWS (MiniStack)",
    [ports.moto]: "a benchmark's local AWS (moto)",
    [ports.proxy]: 'the proxy of a benchmark',
  });
  const state = join(local, 'bench', name);
  await rm(state, { recursive: true, force: true });
  const aws = startLocalAws(state, {
    LOCAL_AWS_PORT: String(ports.ministack),
    LOCAL_AWS_MOTO_PORT: String(ports.moto),
    LOCAL_AWS_AIRFLOW: 'none',
    // Otherwise writing its state would be measured too, with one tool or another.
    LOCAL_AWS_SAVE_SECONDS: '3600',
    LOCAL_AWS_STACK_SECONDS: String(stackSeconds),
  });
  await waitForAll(aws, `http://127.0.0.1:${ports.ministack}`);
  const proxy = await startProxy({
    port: ports.proxy,
    upstreamPort: ports.ministack,
    roundTripMs,
  });
  return {
    proxy,
    env: {
      ...localEnvironment(state),
      ...localAwsClient,
      AWS_ENDPOINT_URL: proxy.url,
      // of s5cmd
      S3_ENDPOINT_URL: proxy.url,
      AWS_ENDPOINT_URL_EMR_SERVERLESS: `http://127.0.0.1:${ports.moto}`,
      AWS_ENDPOINT_URL_LAKEFORMATION: `http://127.0.0.1:${ports.moto}`,
      NO_PROXY: '127.0.0.1',
    },
    async stop() {
      await proxy.close();
      await stopProcess(aws);
      await rm(state, { recursive: true, force: true });
    },
  };
}
