import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Switch back to the release before the current',
    example: `steps:
  - id: back
    action: data-lake:release:rollback
    name: Switch the release
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
    name: Switch the release
    input:
      release: releases/0123456789ab/
      allowBroaderPermissions: true
`,
  },
];
