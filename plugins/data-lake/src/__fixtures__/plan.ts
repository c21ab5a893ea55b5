import type { Step } from '@data-lake/plugin-data-lake-common';

/** The steps of a whole run of 38 minutes. */
export const plan: Array<{
  id: string;
  parent?: string;
  service: Step['service'];
  kind: Step['kind'];
  name: string;
  /** Start and length in seconds. */
  at: [number, number];
}> = [
  {
    id: 'run',
    service: 'mwaa',
    kind: 'DAG run',
    name: 'movielens-demo',
    at: [0, 2292],
  },
  {
    id: 'create',
    parent: 'run',
    service: 'mwaa',
    kind: 'task',
    name: 'create_cluster',
    at: [8, 354],
  },
  {
    id: 'cluster',
    parent: 'create',
    service: 'emr',
    kind: 'cluster',
    name: 'movielens-demo-',
    at: [12, 1190],
  },
  {
    id: 'steps',
    parent: 'run',
    service: 'mwaa',
    kind: 'task',
    name: 'add_steps',
    at: [380, 794],
  },
  {
    id: 'movies',
    parent: 'steps',
    service: 'emr',
    kind: 'step',
    name: 'preprocess_movies',
    at: [400, 191],
  },
  {
    id: 'ratings',
    parent: 'steps',
    service: 'emr',
    kind: 'step',
    name: 'preprocess_ratings',
    at: [600, 466],
  },
  {
    id: 'tags',
    parent: 'steps',
    service: 'emr',
    kind: 'step',
    name: 'preprocess_tags',
    at: [1070, 107],
  },
  {
    id: 'start',
    parent: 'run',
    service: 'mwaa',
    kind: 'task',
    name: 'start_execution',
    at: [1190, 1090],
  },
  {
    id: 'execution',
    parent: 'start',
    service: 'stepfunctions',
    kind: 'execution',
    name: '',
    at: [1195, 1082],
  },
  {
    id: 'startglue',
    parent: 'execution',
    service: 'lambda',
    kind: 'state',
    name: 'StartGlueJob',
    at: [1196, 1.4],
  },
  {
    id: 'glue',
    parent: 'execution',
    service: 'glue',
    kind: 'job run',
    name: 'movielens-demo-transform',
    at: [1240, 738],
  },
  {
    id: 'check',
    parent: 'execution',
    service: 'lambda',
    kind: 'state',
    name: 'CheckGlueJob',
    at: [1979, 0.9],
  },
  {
    id: 'crawl1',
    parent: 'execution',
    service: 'glue',
    kind: 'crawl',
    name: 'movielens-demo-curated',
    at: [1985, 141],
  },
  {
    id: 'crawl2',
    parent: 'execution',
    service: 'glue',
    kind: 'crawl',
    name: 'movielens-demo-marts',
    at: [1985, 256],
  },
];
