/**
 * Pages of AWS data lakes for the legacy frontend system.
 *
 * @packageDocumentation
 */

import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import type {
  CustomFieldExtensionSchema,
  CustomFieldValidator,
} from '@backstage/plugin-scaffolder-react';

import { DataLakeClient, dataLakeApiRef } from './api';
import type { FieldProps } from './fields/field';
import {
  accountOptions,
  mwaaEnvironmentOptions,
  projectNameOptions,
  regionOptions,
} from './fields/options';

export { hasPipeline as isPipelineAvailable } from '@data-lake/plugin-data-lake-common';

const pipelineRouteRef = createRouteRef({ id: 'data-lake.pipeline' });

/** The data lake plugin of the legacy frontend system. @public */
export const dataLakePlugin = createPlugin({
  id: 'data-lake',
  routes: { pipeline: pipelineRouteRef },
  apis: [
    createApiFactory({
      api: dataLakeApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new DataLakeClient({ fetchApi }),
    }),
  ],
});

/** The Pipeline tab, for `EntityLayout.Route`. @public */
export const EntityPipelineContent: () => JSX.Element = dataLakePlugin.provide(
  createRoutableExtension({
    name: 'EntityPipelineContent',
    component: () => import('./pipeline').then(m => m.PipelineTab),
    mountPoint: pipelineRouteRef,
  }),
);

/** `ui:field: DataLakeProjectName` @public */
export const DataLakeProjectNameField = dataLakePlugin.provide(
  toFieldExtension(projectNameOptions),
);

/** `ui:field: DataLakeAccount` @public */
export const DataLakeAccountField = dataLakePlugin.provide(
  toFieldExtension(accountOptions),
);

/** `ui:field: DataLakeRegion` @public */
export const DataLakeRegionField = dataLakePlugin.provide(
  toFieldExtension(regionOptions),
);

/** `ui:field: DataLakeMwaaEnvironment` @public */
export const DataLakeMwaaEnvironmentField = dataLakePlugin.provide(
  toFieldExtension(mwaaEnvironmentOptions),
);

/** The legacy system takes the plain JSON schema. */
function toFieldExtension(options: {
  name: string;
  component: (props: FieldProps) => JSX.Element | null;
  validation: CustomFieldValidator<string>;
  schema: { schema: CustomFieldExtensionSchema };
}) {
  const { schema, ...rest } = options;
  return createScaffolderFieldExtension({
    ...rest,
    schema: schema.schema,
  });
}
