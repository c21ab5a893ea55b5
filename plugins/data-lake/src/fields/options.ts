import { AccountField, accountSchema, validateAccount } from './AccountField';
import {
  MwaaEnvironmentField,
  mwaaEnvironmentSchema,
  validateMwaaEnvironment,
} from './MwaaEnvironmentField';
import {
  ProjectNameField,
  projectNameSchema,
  validateProjectName,
} from './ProjectNameField';
import { RegionField, regionSchema, validateRegion } from './RegionField';

/** The fields by the name that a template gives in `ui:field`; both frontend systems serve these. */
export const projectNameOptions = {
  name: 'DataLakeProjectName',
  component: ProjectNameField,
  validation: validateProjectName,
  schema: projectNameSchema,
};

export const accountOptions = {
  name: 'DataLakeAccount',
  component: AccountField,
  validation: validateAccount,
  schema: accountSchema,
};

export const regionOptions = {
  name: 'DataLakeRegion',
  component: RegionField,
  validation: validateRegion,
  schema: regionSchema,
};

export const mwaaEnvironmentOptions = {
  name: 'DataLakeMwaaEnvironment',
  component: MwaaEnvironmentField,
  validation: validateMwaaEnvironment,
  schema: mwaaEnvironmentSchema,
};
