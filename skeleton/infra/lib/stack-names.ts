/** Names of the project's stacks, in deployment order; each has `templates/<name>.template.json`. */
export const stackNames = ['mwaa', 'foundations', 'observability'] as const;

export type StackName = (typeof stackNames)[number];
