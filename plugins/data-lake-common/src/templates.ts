/** The scaffolder templates that the entity page starts. @public */
export const templateRefs = {
  /** Deploys what was previewed. */
  deploy: 'template:default/data-lake-deploy',
  /** Tears an environment down. */
  delete: 'template:default/data-lake-delete',
  /** Adds an environment to a project. */
  addEnvironment: 'template:default/data-lake-environment',
} as const;
