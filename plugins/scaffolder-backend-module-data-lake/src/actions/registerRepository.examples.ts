import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Register a repository that was published just before',
    example: `steps:
  - id: register
    action: data-lake:repository:register
    name: Register in the catalog
    input:
      repoUrl: github.com?owner=acme&repo=movielens
      entityRef: component:default/movielens
`,
  },
];
