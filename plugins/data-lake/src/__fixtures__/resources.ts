import type { ObservedResource } from '@data-lake/plugin-data-lake-common';
import { consoleUrl, day, iso } from './times';

type Rest = Partial<ObservedResource>;

/** Makes the resources of a healthy environment. */
export function makeResources(now: number): ObservedResource[] {
  return table.map(([service, type, name, rest]) => ({
    service,
    type: `AWS::${type}`,
    id: name,
    name,
    health: 'healthy',
    status: 'ACTIVE',
    facts: [],
    updatedAt: iso(now - 3 * day),
    consoleUrl: `${consoleUrl}/${service}`,
    ...rest,
  }));
}

const facts = (all: Record<string, string>): Rest => ({
  facts: Object.entries(all).map(([label, text]) => ({ label, text })),
});

const stack = 'movielens-demo-foundations';
const cluster = 'movielens-demo-20261122T020000-7f3a';
const airflow = facts({ Airflow: '3.3.1', class: 'mw1.small' });

const table: Array<[ObservedResource['service'], string, string, Rest?]> = [
  [
    'cloudformation',
    'CloudFormation::Stack',
    stack,
    { status: 'UPDATE_COMPLETE', ...facts({ resources: '31' }) },
  ],
  [
    'mwaa',
    'MWAA::Environment',
    'local-airflow',
    { status: 'AVAILABLE', ...airflow },
  ],
  [
    'emr',
    'EMR::Cluster',
    cluster,
    { status: 'TERMINATED', reason: 'Steps completed' },
  ],
  ['stepfunctions', 'StepFunctions::StateMachine', 'movielens-demo-transform'],
  [
    'lambda',
    'Lambda::Function',
    'movielens-demo-start-glue-job',
    facts({ runtime: 'python3.13', memory: '128 MB' }),
  ],
  [
    'lambda',
    'Lambda::Function',
    'movielens-demo-check-glue-job',
    facts({ runtime: 'python3.13' }),
  ],
  [
    'glue',
    'Glue::Job',
    'movielens-demo-transform',
    facts({ Glue: '5.0', workers: '2 × G.1X' }),
  ],
  ['glue', 'Glue::Crawler', 'movielens-demo-curated', { status: 'READY' }],
  ['glue', 'Glue::Crawler', 'movielens-demo-marts', { status: 'READY' }],
  ['glue', 'Glue::Table', 'ratings', facts({ rows: '32,000,204' })],
  ['glue', 'Glue::Table', 'most_popular_movies', facts({ rows: '87,585' })],
  [
    'ssm',
    'SSM::Parameter',
    '/data-lake/movielens/demo/database',
    { status: 'String' },
  ],
];
