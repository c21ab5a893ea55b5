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
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';

import { DataLakeClient, dataLakeApiRef } from './api';
import {
  accountOptions,
  mwaaEnvironmentOptions,
  projectNameOptions,
  regionOptions,
  repositoryOptions,
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

/** `ui:field: DataLakeRepository` @public */
export const DataLakeRepositoryField = dataLakePlugin.provide(
  toFieldExtension(repositoryOptions),
);

/** The legacy system takes the plain JSON schema. */
function toFieldExtension<
  Options extends Record<string, string[] | undefined>,
>(options: {
  name: string;
  component: (
    props: FieldExtensionComponentProps<string, Options>,
  ) => JSX.Element | null;
  validation: CustomFieldValidator<string, Options>;
  schema: { schema: CustomFieldExtensionSchema };
}) {
  const { schema, ...rest } = options;
  return createScaffolderFieldExtension<string, Options>({
    ...rest,
    schema: schema.schema,
  });
}
