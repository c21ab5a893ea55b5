import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Upload scripts and zipped folders as an immutable release',
    example: `steps:
  - id: release
    action: aws:s3:sync
    name: Upload the scripts
    input:
      account: '123456789012'
      region: eu-central-1
      bucket: movielens-demo-code-123456789012-eu-central-1
      source: project
      files:
        - jobs/*.py
      archives:
        - lambdas/start_glue_job
      release: true
`,
  },
  {
    description:
      'Upload DAGs, without their folder in the keys, and delete former ones',
    example: `steps:
  - id: dags
    action: aws:s3:sync
    name: Upload the DAGs
    input:
      account: '123456789012'
      region: eu-central-1
      bucket: shared-airflow-bucket
      source: project
      files:
        - dags/**
        - project.yaml
      strip: dags
      prefix: dags/movielens-demo/
      delete: true
      order:
        - mwaalib/**
`,
  },
];
