import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Propose a new environment to the owners of a repository',
    example: `steps:
  - id: change
    action: data-lake:repository:change-request
    name: Request the change
    input:
      entityRef: component:default/movielens
      sourcePath: change
      branch: add-environment-prod
      title: Add environment prod
      description: Account 123456789012, region eu-central-1
      annotation: data-lake/environment-prod
      token: \${{ secrets.USER_OAUTH_TOKEN }}
`,
  },
];
