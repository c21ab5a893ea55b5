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
    description: 'Deploy exactly what was previewed',
    example: `steps:
  - id: deploy
    action: data-lake:project:deploy
    name: Deploy
    input:
      entityRef: component:default/movielens
      environment: prod
      commit: 3b18e512dba79e4c8300dd08aeb37f8e728b8dad
      previewDigests:
        foundations: 3f1c0a
      allowBroaderPermissions: true
`,
  },
  {
    description: 'Recover an environment, and allow what is refused by default',
    example: `steps:
  - id: deploy
    action: data-lake:project:deploy
    name: Deploy
    input:
      entityRef: component:default/movielens
      environment: prod
      path: project
      allowReplacement: true
      continueRollback: true
      resourcesToSkip:
        - Transform
      onCancel: rollback
      maxDeleted: 40
      timeoutMinutes: 120
`,
  },
];
