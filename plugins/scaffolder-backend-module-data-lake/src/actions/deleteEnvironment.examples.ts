import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Only tell what would go and what would stay',
    example: `steps:
  - id: tell
    action: data-lake:environment:delete
    name: Tell
    input:
      entityRef: component:default/movielens
      environment: prod
`,
  },
  {
    description: 'Tear down, with the buckets that go',
    example: `steps:
  - id: delete
    action: data-lake:environment:delete
    name: Tear down
    input:
      entityRef: component:default/movielens
      environment: prod
      confirm: movielens-prod
      emptyBuckets: true
`,
  },
  {
    description: 'Tear down with all data; project.yaml says removable: true',
    example: `steps:
  - id: delete
    action: data-lake:environment:delete
    name: Tear down
    input:
      entityRef: component:default/movielens
      environment: demo
      confirm: movielens-demo
      removeData: true
`,
  },
];
