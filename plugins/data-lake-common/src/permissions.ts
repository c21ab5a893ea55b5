import { createPermission } from '@backstage/plugin-permission-common';

/** See the pipeline of an entity one may read. @public */
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

/** All permissions of the data lake plugins. @public */
export const dataLakePermissions = [
  dataLakePipelineReadPermission,
  dataLakePipelineRunPermission,
];
