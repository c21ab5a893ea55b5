import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const envs = process.env.LOCAL_AWS_ENVS ?? join(__dirname, '../../.local/envs');

/** Returns the Python of an Airflow that is installed, by default the newest: it has PyYAML. */
export function airflowPython(version?: string): string {
  const newest = readdirSync(envs)
    .filter(name => name.startsWith('airflow-'))
    .sort()
    .at(-1);
  return join(envs, version ? `airflow-${version}` : newest!, 'bin/python');
}
