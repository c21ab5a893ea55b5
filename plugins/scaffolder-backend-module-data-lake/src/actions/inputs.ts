import { Z } from '@data-lake/plugin-scaffolder-backend-module-aws';

/** Inputs for existing buckets of a project. */
export const bucketsInput = {
  dataBucket: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Existing bucket for data; empty: the stack creates one'),
  codeBucket: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Existing bucket for code; empty: the stack creates one'),
};

/** Inputs for the project of an entity in the workspace. */
export const entityProjectInput = {
  entityRef: (z: Z) => z.string().describe('Entity of the project'),
  environment: (z: Z) => z.string().describe('Name of the environment'),
  path: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder of the project in the workspace; default project'),
};

/** Inputs for a project.yaml in the workspace. */
export const projectInput = {
  path: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Path of project.yaml; default project.yaml'),
  environment: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Name of an environment; default the first one'),
};

/** Input for the location of a new repository. */
export const repoUrlInput = {
  repoUrl: (z: Z) =>
    z
      .string()
      .describe(
        'Location of the repository, as of the field DataLakeRepository: github.com?owner=acme&repo=lake',
      ),
};

/** Input for the person's own token of a code host. */
export const tokenInput = {
  token: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        "The person's own token for the host; default Backstage's credential of its integration",
      ),
};
