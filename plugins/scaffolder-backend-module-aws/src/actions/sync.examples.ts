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
      bucket: alerts-code
      source: project
      files:
        - jobs/*.py
      archives:
        - lambdas/notify
      ignore:
        - '**/*.md'
      release: true
      timeoutMinutes: 10
`,
  },
  {
    description:
      'Upload DAGs, without their folder in the keys, and delete those that no longer exist',
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
      strip: dags
      prefix: dags/alerts/
      delete: true
      maxDeleted: 5
      order:
        - lib/**
`,
  },
  {
    description: 'List what an upload would change',
    example: `steps:
  - id: list
    action: aws:s3:sync
    name: Compare with the bucket
    input:
      account: '123456789012'
      region: eu-central-1
      bucket: alerts-code
      preview: true
`,
  },
];
