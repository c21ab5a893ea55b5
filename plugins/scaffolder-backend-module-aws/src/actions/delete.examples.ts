import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Tell what deleting a stack would remove and leave',
    example: `steps:
  - id: told
    action: aws:cloudformation:delete
    name: Tell what would go
    input:
      account: '123456789012'
      region: eu-central-1
      stackName: alerts
`,
  },
  {
    description: 'Delete a stack of an entity and what its buckets hold',
    example: `steps:
  - id: gone
    action: aws:cloudformation:delete
    name: Delete the storage
    input:
      account: '123456789012'
      region: eu-central-1
      stackName: movielens-demo-storage
      entity: component:default/movielens
      confirm: movielens-demo-storage
      emptyBuckets: true
      timeoutMinutes: 30
`,
  },
];
