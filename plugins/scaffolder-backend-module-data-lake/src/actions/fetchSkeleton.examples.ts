import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Create a project in a folder of the workspace',
    example: `steps:
  - id: skeleton
    action: data-lake:skeleton:fetch
    name: Create the project
    input:
      repoUrl: github.com?owner=acme&repo=movielens
      targetPath: project
      values:
        name: movielens
        description: MovieLens ratings
        owner: group:default/data-engineering
        system: movielens
        compute: emr
        lakeFormation: false
        environment:
          name: demo
          account: '123456789012'
          region: eu-central-1
          mwaa:
            environment: shared-airflow
            airflowVersion: 3.3.1
            bucket: shared-airflow-bucket
            dagPath: dags
            executionRole: shared-airflow-role
`,
  },
];
