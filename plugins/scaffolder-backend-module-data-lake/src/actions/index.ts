export { createCheckProjectAction } from './checkProject';
export { createDeleteAction } from './delete';
export { createDeployAction } from './deploy';
export { createFetchSkeletonAction } from './fetchSkeleton';
export { createGetMwaaEnvironmentAction } from './getMwaaEnvironment';
export { createPreviewAction } from './preview';
export { createReadProjectAction } from './readProject';
export { createSyncAction } from './sync';
