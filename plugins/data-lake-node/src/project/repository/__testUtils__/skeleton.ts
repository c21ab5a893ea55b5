import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectEnvironment } from '@data-lake/plugin-data-lake-common';

/** Reads a file of the skeleton. */
export const readSkeleton = (file: string) =>
  readFileSync(join(__dirname, '../../../../../../skeleton', file), 'utf8');

/** An environment that the skeleton does not have. */
export const prod = ProjectEnvironment.parse({
  name: 'prod',
  account: '000000000001',
  region: 'eu-central-1',
  mwaa: {
    environment: 'prod-airflow',
    airflowVersion: '3.0.6',
    bucket: 'prod-airflow-bucket',
    dagPath: 'dags',
    executionRole: 'prod-airflow-execution',
  },
  dataBucket: '',
  codeBucket: '',
  alertEmail: '',
});

/** Lists the lines that only one of two texts has. */
export const diff = (before: string, after: string) => {
  const lines = (s: string) => s.split('\n');
  return {
    removed: lines(before).filter(line => !lines(after).includes(line)),
    added: lines(after).filter(line => !lines(before).includes(line)),
  };
};
