import { ReactRouterV6PageRouter } from '@backstage/frontend-adapter-react-router-v6';
import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { hasPipeline } from '@data-lake/plugin-data-lake-common';
import { DataLakeClient, dataLakeApiRef } from './api';
import { formFields } from './fields';
import { dataLakeTranslationRef } from './translation';

const dataLakeApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: dataLakeApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new DataLakeClient({ fetchApi }),
    }),
});

/** The Pipeline tab, shown on every entity with an environment annotation. */
export const pipelineContent = EntityContentBlueprint.make({
  name: 'pipeline',
  params: {
    path: '/pipeline',
    title: dataLakeTranslationRef('pipeline.title'),
    filter: hasPipeline,
    loader: () =>
      import('./pipeline').then(m => (
        <ReactRouterV6PageRouter>
          <m.PipelineTab />
        </ReactRouterV6PageRouter>
      )),
  },
});

/** The data lake plugin of the new frontend system. @public */
export const dataLakePlugin = createFrontendPlugin({
  pluginId: 'data-lake',
  title: 'Data lake',
  extensions: [dataLakeApi, pipelineContent, ...formFields],
});
