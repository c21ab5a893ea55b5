import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Deploy an environment of the project in the folder project',
    example: `steps:
  - id: deploy
    action: data-lake:project:deploy
    name: Deploy
    input:
      entityRef: component:default/movielens
      environment: prod
`,
  },
  {
    description: 'Deploy what was previewed, and nothing else',
    example: `steps:
  - id: deploy
    action: data-lake:project:deploy
    name: Deploy
    input:
      entityRef: component:default/movielens
      environment: prod
      previewDigests:
        foundations: 3f1c0a
      allowBroaderPermissions: true
`,
  },
];
