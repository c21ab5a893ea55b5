import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Verify a deployment, and continue whatever the result',
    example: `steps:
  - id: verify
    action: data-lake:verify
    name: Verify the environment
    input:
      path: project/project.yaml
      environment: prod
`,
  },
  {
    description: 'Fail if a check of the first environment fails',
    example: `steps:
  - id: verify
    action: data-lake:verify
    name: Verify the environment
    input:
      required: true
`,
  },
];
