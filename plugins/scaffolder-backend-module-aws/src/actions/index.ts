import { AwsServices } from './awsServices';
import { createDeleteAction } from './delete';
import { createDeployAction } from './deploy';
import { createGetMwaaEnvironmentAction } from './getMwaaEnvironment';
import { createPreviewAction } from './preview';
import { createSyncAction } from './sync';

/** Creates all actions of this module. */
export const createAwsActions = (services: AwsServices) => [
  createDeleteAction(services),
  createDeployAction(services),
  createGetMwaaEnvironmentAction(services),
  createPreviewAction(services),
  createSyncAction(services),
];
