import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'List what deleting a stack would remove and leave',
    example: `steps:
  - id: list
    action: aws:cloudformation:delete
    name: List what would be deleted
    input:
      account: '123456789012'
      region: eu-central-1
      stackName: alerts
`,
  },
  {
    description: 'Delete a stack of an entity and the objects in its buckets',
    example: `steps:
  - id: delete
    action: aws:cloudformation:delete
    name: Delete the storage
    input:
      account: '123456789012'
      region: eu-central-1
      stackName: alerts-storage
      entity: component:default/alerts
      confirm: alerts-storage
      emptyBuckets: true
      timeoutMinutes: 30
`,
  },
];
