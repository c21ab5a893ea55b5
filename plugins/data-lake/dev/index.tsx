import '@backstage/cli/asset-types';
import { ReactRouterV6PageRouter } from '@backstage/frontend-adapter-react-router-v6';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import appPlugin from '@backstage/plugin-app';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef, EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { useState } from 'react';
import ReactDOM from 'react-dom/client';
// This is an app of its own, so it brings the CSS that an app brings.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import dataLakePlugin, { dataLakeApiRef } from '../src';
import { PipelineTab } from '../src/pipeline';
import { devApi } from './DevApi';
import { FieldsPage } from './FieldsPage';
import { makeDependedOn, fixtureNames, makeEntity } from '../src/__fixtures__';

const names = [...fixtureNames, 'error', 'loading'];

/** `/<fixture>`, such as `/failed`; `?theme=dark` for dark. */
const pages = names.map(name =>
  PageBlueprint.make({
    name,
    params: {
      path: `/${name}`,
      loader: async () => (
        <Page>
          <EntityProvider entity={makeEntity(name)}>
            <ReactRouterV6PageRouter>
              <PipelineTab />
            </ReactRouterV6PageRouter>
          </EntityProvider>
        </Page>
      ),
    },
  }),
);

const fieldsPage = PageBlueprint.make({
  name: 'fields',
  params: {
    path: '/fields',
    loader: async () => (
      <Page>
        <FieldsPage />
      </Page>
    ),
  },
});

function Page(props: { children: React.ReactNode }) {
  const [dark, setDark] = useState(
    new URLSearchParams(window.location.search).get('theme') === 'dark',
  );
  const mode = dark ? 'dark' : 'light';
  document.body.dataset.themeMode = mode;
  document.documentElement.dataset.themeMode = mode;
  return (
    <main
      style={{
        minHeight: '100vh',
        padding: 20,
        boxSizing: 'border-box',
        background: 'var(--bui-bg-app)',
        colorScheme: mode,
      }}
    >
      <nav
        style={{ marginBottom: 16, display: 'flex', flexWrap: 'wrap', gap: 12 }}
      >
        {[...names, 'fields'].map(name => (
          <a key={name} href={`/${name}?theme=${mode}`}>
            {name}
          </a>
        ))}
        <button type="button" onClick={() => setDark(!dark)}>
          {mode}
        </button>
      </nav>
      {props.children}
    </main>
  );
}

// Does what createDevApp of frontend-dev-utils did; npm has no version of it for this release yet.
const app = createApp({
  features: [
    appPlugin.withOverrides({
      extensions: [
        appPlugin.getExtension('sign-in-page:app').override({ disabled: true }),
      ],
    }),
    dataLakePlugin,
    catalogPlugin,
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({
              api: catalogApiRef,
              deps: {},
              factory: () =>
                catalogApiMock({ entities: makeDependedOn(names) }),
            }),
        }),
      ],
    }),
    createFrontendPlugin({
      pluginId: 'dev',
      extensions: [...pages, fieldsPage],
    }),
    createFrontendModule({
      pluginId: 'data-lake',
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({ api: dataLakeApiRef, deps: {}, factory: () => devApi }),
        }),
      ],
    }),
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
