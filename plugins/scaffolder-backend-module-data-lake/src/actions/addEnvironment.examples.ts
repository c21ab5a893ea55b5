import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Add an environment in another account',
    example: `steps:
  - id: add
    action: data-lake:project:add-environment
    name: Add prod
    input:
      entityRef: component:default/movielens
      environment: prod
      account: '123456789012'
      region: eu-central-1
      mwaaEnvironment: lake-airflow
      path: project
      changePath: change
      dataBucket: movielens-prod-data
      codeBucket: movielens-prod-code
      alertEmail: team@example.com
      emrSubnet: subnet-0a1b2c3d4e5f60718
`,
  },
];
