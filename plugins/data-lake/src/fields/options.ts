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
import {
  RepositoryField,
  repositorySchema,
  validateRepository,
} from './RepositoryField';

/** `ui:field: DataLakeProjectName`, for both frontend systems. */
export const projectNameOptions = {
  name: 'DataLakeProjectName',
  component: ProjectNameField,
  validation: validateProjectName,
  schema: projectNameSchema,
};

/** `ui:field: DataLakeAccount`, for both frontend systems. */
export const accountOptions = {
  name: 'DataLakeAccount',
  component: AccountField,
  validation: validateAccount,
  schema: accountSchema,
};

/** `ui:field: DataLakeRegion`, for both frontend systems. */
export const regionOptions = {
  name: 'DataLakeRegion',
  component: RegionField,
  validation: validateRegion,
  schema: regionSchema,
};

/** `ui:field: DataLakeMwaaEnvironment`, for both frontend systems. */
export const mwaaEnvironmentOptions = {
  name: 'DataLakeMwaaEnvironment',
  component: MwaaEnvironmentField,
  validation: validateMwaaEnvironment,
  schema: mwaaEnvironmentSchema,
};

/** `ui:field: DataLakeRepository`, for both frontend systems. */
export const repositoryOptions = {
  name: 'DataLakeRepository',
  component: RepositoryField,
  validation: validateRepository,
  schema: repositorySchema,
};
