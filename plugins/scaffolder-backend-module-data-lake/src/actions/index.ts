import { createAddEnvironmentAction } from './addEnvironment';
import { createCheckProjectAction } from './checkProject';
import { DataLakeServices } from './dataLakeServices';
import { createDeleteEnvironmentAction } from './deleteEnvironment';
import { createDeployProjectAction } from './deployProject';
import { createFetchProjectAction } from './fetchProject';
import { createFetchSkeletonAction, SkeletonOptions } from './fetchSkeleton';
import { createReadProjectAction } from './readProject';
import { createRollbackAction } from './rollback';
import { createVerifyAction } from './verify';

/** Creates all actions of this module. */
export const createDataLakeActions = (
  services: DataLakeServices,
  skeleton: SkeletonOptions,
) => [
  createAddEnvironmentAction(services),
  createCheckProjectAction(services),
  createDeleteEnvironmentAction(services),
  createDeployProjectAction(services),
  createFetchProjectAction(services),
  createFetchSkeletonAction(skeleton),
  createReadProjectAction(),
  createRollbackAction(services),
  createVerifyAction(services),
];
