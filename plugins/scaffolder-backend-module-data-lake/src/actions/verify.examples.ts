import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Verify what was just deployed, and go on',
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
    description: 'Fail where a check of the first environment fails',
    example: `steps:
  - id: verify
    action: data-lake:verify
    name: Verify the environment
    input:
      required: true
`,
  },
];
