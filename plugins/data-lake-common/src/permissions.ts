import { createPermission } from '@backstage/plugin-permission-common';

/** See the pipeline of an entity. @public */
export const dataLakePipelineReadPermission = createPermission({
  name: 'data-lake.pipeline.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});

/** Start a run of the pipeline of an entity. @public */
export const dataLakePipelineRunPermission = createPermission({
  name: 'data-lake.pipeline.run',
  attributes: { action: 'update' },
  resourceType: 'catalog-entity',
});

/** Preview and deploy an environment of an entity, or add one. @public */
export const dataLakeEnvironmentDeployPermission = createPermission({
  name: 'data-lake.environment.deploy',
  attributes: { action: 'update' },
  resourceType: 'catalog-entity',
});

/** Delete an environment of an entity. @public */
export const dataLakeEnvironmentDeletePermission = createPermission({
  name: 'data-lake.environment.delete',
  attributes: { action: 'delete' },
  resourceType: 'catalog-entity',
});

/** All permissions of the data lake plugins. @public */
export const dataLakePermissions = [
  dataLakePipelineReadPermission,
  dataLakePipelineRunPermission,
  dataLakeEnvironmentDeployPermission,
  dataLakeEnvironmentDeletePermission,
];
