import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

/** The form fields of the new frontend system, loaded when a form first shows one. */
export const formFields = [
  FormFieldBlueprint.make({
    name: 'project-name',
    params: {
      field: async () =>
        createFormField((await import('./options')).projectNameOptions),
    },
  }),
  FormFieldBlueprint.make({
    name: 'account',
    params: {
      field: async () =>
        createFormField((await import('./options')).accountOptions),
    },
  }),
  FormFieldBlueprint.make({
    name: 'region',
    params: {
      field: async () =>
        createFormField((await import('./options')).regionOptions),
    },
  }),
  FormFieldBlueprint.make({
    name: 'mwaa-environment',
    params: {
      field: async () =>
        createFormField((await import('./options')).mwaaEnvironmentOptions),
    },
  }),
  FormFieldBlueprint.make({
    name: 'repository',
    params: {
      field: async () =>
        createFormField((await import('./options')).repositoryOptions),
    },
  }),
];
