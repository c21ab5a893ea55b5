import { Entity } from '@backstage/catalog-model';
import {
  EnvironmentObservation,
  Run,
} from '@data-lake/plugin-data-lake-common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const entityPath = '/api/data-lake/entities/default/component/movielens';
export const runId = '20261122T124500-7f3a';
export const stackArn = (account = '111122223333') =>
  `arn:aws:cloudformation:eu-central-1:${account}:stack/movielens-demo-foundations`;

const skeletonProject = join(__dirname, '../../../../skeleton/project.yaml');
/** The skeleton's own project, in another account and region. */
export const readProjectText = async (account = '111122223333') =>
  (await readFile(skeletonProject, 'utf8'))
    .replace('000000000000', account)
    .replace('region: us-east-1', 'region: eu-central-1');
export const source = 'https://github.com/acme/movielens/tree/main/';

export function entity(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'movielens', namespace: 'default', annotations },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/data' }],
  };
}
export const movielens = entity({
  'data-lake/environment-demo': stackArn(),
  'backstage.io/source-location': `url:${source}`,
});

export const run = (state: Run['state']): Run => ({
  id: runId,
  state,
  trigger: 'manual',
  startedAt: '2026-11-22T12:45:00.000Z',
  endedAt: state === 'running' ? undefined : '2026-11-22T12:50:00.000Z',
  steps: [
    {
      id: `mwaa:DAG run:${runId}`,
      service: 'mwaa',
      kind: 'DAG run',
      name: 'movielens-demo',
      state,
      status: state,
      startedAt: '2026-11-22T12:45:00.000Z',
    },
  ],
  firstFailure: state === 'failed' ? `mwaa:DAG run:${runId}` : undefined,
});

const resource = (
  type: string,
  name: string,
  service: 'mwaa' | 'cloudformation',
) => ({
  service,
  type,
  id: name,
  name,
  health: 'healthy' as const,
  status: 'OK',
  facts: [],
});

export const observation = (
  state: Run['state'] = 'succeeded',
): EnvironmentObservation => ({
  resources: [
    resource(
      'AWS::CloudFormation::Stack',
      'movielens-demo-foundations',
      'cloudformation',
    ),
    resource('AWS::MWAA::Environment', 'airflow', 'mwaa'),
    resource('AWS::MWAA::DAG', 'movielens-demo', 'mwaa'),
  ],
  runs: [run(state)],
  problems: [],
  schedule: { dagId: 'movielens-demo', paused: false },
  dag: { environment: 'airflow', dagId: 'movielens-demo' },
});
