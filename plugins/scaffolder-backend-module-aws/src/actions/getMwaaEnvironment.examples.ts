import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Read an environment, and require its Airflow version',
    example: `steps:
  - id: mwaa
    action: aws:mwaa:get-environment
    name: Read the MWAA environment
    input:
      account: '123456789012'
      region: eu-central-1
      name: shared-airflow
      airflowVersion: 3.3.1
`,
  },
];
