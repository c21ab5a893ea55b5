import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Only list what would be deleted and what would remain',
    example: `steps:
  - id: list
    action: data-lake:environment:delete
    name: List what would be deleted
    input:
      entityRef: component:default/movielens
      environment: prod
`,
  },
  {
    description:
      'Delete an environment, and all objects in the buckets that are deleted',
    example: `steps:
  - id: delete
    action: data-lake:environment:delete
    name: Delete the environment
    input:
      entityRef: component:default/movielens
      environment: prod
      confirm: movielens-prod
      emptyBuckets: true
`,
  },
  {
    description:
      'Delete an environment with all data; project.yaml says removable: true',
    example: `steps:
  - id: delete
    action: data-lake:environment:delete
    name: Delete the environment
    input:
      entityRef: component:default/movielens
      environment: demo
      confirm: movielens-demo
      removeData: true
      timeoutMinutes: 120
`,
  },
];
