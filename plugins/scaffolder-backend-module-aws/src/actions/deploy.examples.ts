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
      stackName: movielens-demo-storage
      templatePath: infra/storage.template.json
      parameters:
        Retention: '30'
      tags:
        team: movies
`,
  },
  {
    description: 'Begin a long deployment of a template in place, and go on',
    example: `steps:
  - id: topic
    action: aws:cloudformation:deploy
    name: Make a topic
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
];
