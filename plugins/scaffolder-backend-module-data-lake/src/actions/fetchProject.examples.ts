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
  {
    description: 'Fetch exactly the previewed commit into another folder',
    example: `steps:
  - id: project
    action: data-lake:project:fetch
    name: Fetch the project
    input:
      entityRef: component:default/movielens
      commit: 3f1c0a
      targetPath: lake
`,
  },
];
