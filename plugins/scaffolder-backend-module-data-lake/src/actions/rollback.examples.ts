import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Go back to the release before the present one',
    example: `steps:
  - id: back
    action: data-lake:release:rollback
    name: Go back
    input:
      path: project/project.yaml
      environment: prod
`,
  },
  {
    description: 'Switch to a release by name',
    example: `steps:
  - id: back
    action: data-lake:release:rollback
    name: Go back
    input:
      release: releases/0123456789ab/
`,
  },
];
