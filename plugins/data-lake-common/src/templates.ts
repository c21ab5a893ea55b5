/** The scaffolder templates that the entity page starts. @public */
export const templateRefs = {
  /** Deploys a previewed change. */
  deploy: 'template:default/data-lake-deploy',
  /** Deletes an environment. */
  delete: 'template:default/data-lake-delete',
  /** Adds an environment to a project. */
  addEnvironment: 'template:default/data-lake-environment',
} as const;
