import { createAddEnvironmentAction } from './addEnvironment';
import { createCheckProjectAction } from './checkProject';
import { DataLakeServices } from './dataLakeServices';
import { createDeleteEnvironmentAction } from './deleteEnvironment';
import { createDeployProjectAction } from './deployProject';
import { createFetchProjectAction } from './fetchProject';
import { createFetchSkeletonAction, SkeletonOptions } from './fetchSkeleton';
import { createProtectRepositoryAction } from './protectRepository';
import { createPublishRepositoryAction } from './publishRepository';
import { createReadProjectAction } from './readProject';
import { createRegisterRepositoryAction } from './registerRepository';
import { createRequestChangeAction } from './requestChange';
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
  createProtectRepositoryAction(services),
  createPublishRepositoryAction(services),
  createReadProjectAction(),
  createRegisterRepositoryAction(services),
  createRequestChangeAction(services),
  createRollbackAction(services),
  createVerifyAction(services),
];
