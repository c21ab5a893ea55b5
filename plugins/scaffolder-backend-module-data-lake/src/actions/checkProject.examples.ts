import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Check the answers of a form before anything is created',
    example: `steps:
  - id: check
    action: data-lake:project:check
    name: Check names, account and buckets
    input:
      name: movielens
      environment: demo
      owner: group:default/data-engineering
      account: '123456789012'
      region: eu-central-1
      dataBucket: movielens-existing-data
      codeBucket: movielens-existing-code
      description: MovieLens ratings as curated tables and two marts
      system: movielens
      mwaaEnvironment: lake-airflow
      mwaaNetwork: ''
      alertEmail: team@example.com
      emrSubnet: subnet-0a1b2c3d4e5f60718
`,
  },
];
