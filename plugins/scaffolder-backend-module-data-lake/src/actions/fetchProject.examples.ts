import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Fetch the repository of a data lake',
    example: `steps:
  - id: project
    action: data-lake:project:fetch
    name: Fetch the project
    input:
      entityRef: component:default/movielens
`,
  },
];
