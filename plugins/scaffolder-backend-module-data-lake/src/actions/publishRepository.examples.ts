import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Publish a folder of the workspace to the chosen host',
    example: `steps:
  - id: publish
    action: data-lake:repository:publish
    name: Publish the repository
    input:
      repoUrl: github.com?owner=acme&repo=movielens
      sourcePath: project
      description: MovieLens ratings
      message: Create movielens
      token: \${{ secrets.USER_OAUTH_TOKEN }}
`,
  },
];
