import { catalogApiRef, EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import { makeEntity, makePipeline } from './__fixtures__';
import { dataLakeApiRef } from './api';
import {
  dataLakePlugin,
  EntityPipelineContent,
  isPipelineAvailable,
} from './legacy';

function Search() {
  return <output data-testid="search">{useLocation().search}</output>;
}

describe('the plugin of the legacy frontend system', () => {
  it('has the same id and serves the same API', () => {
    expect(dataLakePlugin.getId()).toBe('data-lake');
    const [api] = [...dataLakePlugin.getApis()];
    expect(api.api.id).toBe('plugin.data-lake');
    expect(isPipelineAvailable(makeEntity('movielens'))).toBe(true);
    expect(EntityPipelineContent).toBeDefined();
  });

  it('shows the tab in a legacy app, and keeps the selection in the URL', async () => {
    const api = { getPipeline: async () => makePipeline('failed') };
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [dataLakeApiRef, api as any],
          [catalogApiRef, catalogApiMock()],
        ]}
      >
        <EntityProvider entity={makeEntity('movielens')}>
          <Routes>
            <Route path="/" element={<EntityPipelineContent />} />
          </Routes>
          <Search />
        </EntityProvider>
      </TestApiProvider>,
    );
    expect(
      await screen.findByRole('heading', {
        name: /^Failing – 2 runs in a row/,
      }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show in trace' }),
    );
    await waitFor(() =>
      expect(screen.getByTestId('search')).toHaveTextContent(/step=glue/),
    );
  });
});
