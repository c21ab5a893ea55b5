import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Deploy a template of the workspace',
    example: `steps:
  - id: storage
    action: aws:cloudformation:deploy
    name: Deploy the storage
    input:
      account: '123456789012'
      region: eu-central-1
      stackName: alerts-storage
      templatePath: infra/storage.template.json
      parameters:
        Retention: '30'
      tags:
        backstage:entity: component:default/alerts
        backstage:owner: group:default/platform
`,
  },
  {
    description: 'Start a long deployment of an inline template, and continue',
    example: `steps:
  - id: topic
    action: aws:cloudformation:deploy
    name: Create a topic
    input:
      account: '123456789012'
      region: eu-central-1
      stackName: alerts
      templateBody: |
        Resources:
          Alerts:
            Type: AWS::SNS::Topic
      wait: false
      timeoutMinutes: 10
`,
  },
  {
    description: 'Recover a stack whose rollback failed',
    example: `steps:
  - id: storage
    action: aws:cloudformation:deploy
    name: Recover the storage
    input:
      account: '123456789012'
      region: eu-central-1
      stackName: alerts-storage
      templatePath: infra/storage.template.json
      templateBucket: alerts-templates
      capabilities:
        - CAPABILITY_IAM
      revertDrift: true
      allowReplacement: true
      allowBroaderPermissions: true
      continueRollback: true
      resourcesToSkip:
        - Bucket
      onCancel: rollback
`,
  },
];
