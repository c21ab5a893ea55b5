import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Preview a change, and deploy exactly that',
    example: `steps:
  - id: preview
    action: aws:cloudformation:preview
    name: Preview the storage
    input:
      account: '123456789012'
      region: eu-central-1
      stackName: alerts-storage
      templatePath: infra/storage.template.json
      parameters:
        Retention: '30'
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
      previewDigest: \${{ steps.preview.output.digest }}
`,
  },
];
