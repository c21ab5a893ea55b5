import { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Bring the packaged project into the workspace and render it',
    example: `steps:
  - id: skeleton
    action: data-lake:skeleton:fetch
    name: Fetch the project
    input:
      targetPath: project
      templatesPath: templates
  - id: render
    action: workspace:template
    name: Fill in the values
    input:
      sourcePath: templates
      targetPath: project
      copyWithoutTemplating: []
      values:
        name: movielens
`,
  },
];
