import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { hasPipeline } from '@data-lake/plugin-data-lake-common';
import { DataLakeClient, dataLakeApiRef } from './api';
import { formFields } from './fields';

const dataLakeApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: dataLakeApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new DataLakeClient({ fetchApi }),
    }),
});

/** Shown on every entity with an environment annotation. */
export const pipelineContent = EntityContentBlueprint.make({
  name: 'pipeline',
  params: {
    path: '/pipeline',
    title: 'Pipeline',
    filter: hasPipeline,
    loader: () => import('./pipeline').then(m => <m.PipelineTab />),
  },
});

/** The data lake plugin of the new frontend system. @public */
export const dataLakePlugin = createFrontendPlugin({
  pluginId: 'data-lake',
  title: 'Data lake',
  extensions: [dataLakeApi, pipelineContent, ...formFields],
});
