import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Read the first environment of the project in the workspace',
    example: `steps:
  - id: project
    action: data-lake:project:read
    name: Read project.yaml
`,
  },
  {
    description: 'Read one environment of a project in a folder',
    example: `steps:
  - id: project
    action: data-lake:project:read
    name: Read project.yaml
    input:
      path: project/project.yaml
      environment: prod
`,
  },
];
