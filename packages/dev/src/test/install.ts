import { join } from 'node:path';
import { localEnvironment } from '../environment.ts';
import { once } from '../once.ts';
import { root } from '../paths.ts';
import { run } from '../processes.ts';

/** Installs the environments and tools of the skeleton. */
export const installSkeleton = once(() =>
  run({
    name: 'skeleton setup',
    command: 'make',
    args: ['setup'],
    cwd: join(root, 'skeleton'),
  }),
);

/** Installs each version of Airflow that the template's form offers: tests import DAGs with all of them. */
export const installAirflows = once(() =>
  run({
    name: 'airflow install',
    command: 'python3',
    args: [
      ...['-m', 'local_aws', 'install'],
      ...['3.3.1', '3.2.1', '3.0.6', '2.11.2', '2.11.0'].flatMap(version => [
        '--only',
        `airflow-${version}`,
      ]),
    ],
    env: localEnvironment(),
  }),
);
