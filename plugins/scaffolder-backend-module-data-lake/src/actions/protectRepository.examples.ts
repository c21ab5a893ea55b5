import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Protect the main branch of a repository',
    example: `steps:
  - id: protect
    action: data-lake:repository:protect
    name: Protect the main branch
    input:
      repoUrl: github.com?owner=acme&repo=movielens
      token: \${{ secrets.USER_OAUTH_TOKEN }}
`,
  },
];
