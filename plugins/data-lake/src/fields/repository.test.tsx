import {
  configApiRef,
  translationApiRef,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  ScmIntegrationsApi,
  scmAuthApiRef,
  scmIntegrationsApiRef,
} from '@backstage/integration-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  scaffolderApiRef,
  SecretsContextProvider,
  useTemplateSecrets,
} from '@backstage/plugin-scaffolder-react';
import type { CodeHost } from '@data-lake/plugin-data-lake-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { SWRConfig } from 'swr';
import { dataLakeApiRef } from '../api';
import { repositoryOptions } from './options';

const anyOwner = { owners: [], projects: [] };
const local: CodeHost = {
  host: 'local',
  title: 'A folder on this machine',
  type: 'other',
  ...anyOwner,
  asksForToken: false,
};
const github: CodeHost = {
  host: 'github.com',
  title: 'github.com',
  type: 'github',
  owners: ['acme'],
  projects: [],
  asksForToken: true,
};
const gitea: CodeHost = {
  host: 'gitea.example.com',
  title: 'Gitea',
  type: 'gitea',
  ...anyOwner,
  asksForToken: false,
};

const config = mockApis.config({
  data: { integrations: { gitea: [{ host: 'gitea.example.com' }] } },
});
const integrations = ScmIntegrationsApi.fromConfig(config);
const credentials = {
  secretsKey: 'USER_OAUTH_TOKEN',
  additionalScopes: { github: ['workflow'] },
};

/** Renders the field in a form, as the scaffolder does, with the project's name on a page before. */
async function renderField(options: {
  hosts?: CodeHost[] | Error;
  entity?: object;
  uiOptions?: object;
  getCredentials?: jest.Mock;
}) {
  const { hosts = [], uiOptions = {}, entity } = options;
  const getCredentials =
    options.getCredentials ?? jest.fn(async () => ({ token: 'theirs' }));
  const { component: Field } = repositoryOptions;
  function Form() {
    const [value, setValue] = useState<string>();
    const { secrets } = useTemplateSecrets();
    const props: any = {
      name: 'repoUrl',
      schema: {},
      uiSchema: {
        'ui:options': { requestUserCredentials: credentials, ...uiOptions },
      },
      required: true,
      rawErrors: [],
      formData: value,
      onChange: setValue,
      formContext: {
        formData: {
          name: 'movielens',
          entityRef: 'component:default/movielens',
        },
      },
    };
    return (
      <>
        <Field {...props} />
        <output data-testid="value">{value}</output>
        <output data-testid="token">{secrets.USER_OAUTH_TOKEN}</output>
      </>
    );
  }
  await renderInTestApp(
    <SWRConfig value={{ provider: () => new Map() }}>
      <SecretsContextProvider>
        <Form />
      </SecretsContextProvider>
    </SWRConfig>,
    {
      apis: [
        [configApiRef, config],
        [scmIntegrationsApiRef, integrations],
        [scmAuthApiRef, { getCredentials }],
        [
          scaffolderApiRef,
          {
            getIntegrationsList: async () => ({
              integrations: integrations
                .list()
                .map(({ type, title }) => ({ type, title, host: title })),
            }),
          } as any,
        ],
        [catalogApiRef, { getEntityByRef: async () => entity } as any],
        [
          dataLakeApiRef,
          {
            async listCodeHosts() {
              if (hosts instanceof Error) throw hosts;
              return hosts;
            },
          } as any,
        ],
      ] as any,
    },
  );
  return getCredentials;
}

const value = () => screen.getByTestId('value').textContent;
const token = () => screen.getByTestId('token').textContent;

describe('a new repository', () => {
  it('is named as the project, where a host asks for its name alone', async () => {
    const getCredentials = await renderField({ hosts: [local] });
    const name = await screen.findByLabelText(/Repository name/);
    expect(value()).toBe('local?repo=movielens');
    await userEvent.clear(name);
    await userEvent.type(name, 'lake');
    expect(value()).toBe('local?repo=lake');
    expect(screen.queryByLabelText(/^Host/)).not.toBeInTheDocument();
    expect(getCredentials).not.toHaveBeenCalled();
  });

  it('is chosen by the official picker, limited to the host and its owners, with the person’s token', async () => {
    const getCredentials = await renderField({ hosts: [github] });
    await waitFor(() =>
      expect(value()).toBe('github.com?owner=acme&repo=movielens'),
    );
    await waitFor(() => expect(token()).toBe('theirs'));
    expect(getCredentials).toHaveBeenCalledWith({
      url: 'https://github.com',
      additionalScope: {
        repoWrite: true,
        customScopes: { github: ['workflow'] },
      },
    });
    expect(screen.queryByText('gitlab.com')).not.toBeInTheDocument();
  });

  it('asks for no token at a host that takes none', async () => {
    const getCredentials = await renderField({ hosts: [gitea] });
    await waitFor(() => expect(value()).toMatch(/^gitea.example.com\?/));
    await new Promise(resolve => setTimeout(resolve, 700));
    expect(getCredentials).not.toHaveBeenCalled();
  });

  it('starts anew at another host', async () => {
    await renderField({ hosts: [local, github] });
    await userEvent.click(await screen.findByRole('button', { name: /Host/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'github.com' }),
    );
    await waitFor(() =>
      expect(value()).toBe('github.com?owner=acme&repo=movielens'),
    );
  });

  it('says who can help if there is no host, or none can be listed', async () => {
    await renderField({ hosts: [] });
    expect(await screen.findByText(/No host has a credential/)).toBeVisible();
  });

  it('says that the hosts cannot be listed', async () => {
    await renderField({ hosts: new Error('503') });
    expect(await screen.findByText(/Cannot list the hosts: 503/)).toBeVisible();
  });
});

describe('the repository of an entity', () => {
  const uiOptions = { entityField: 'entityRef' };
  const entityAt = (location: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'movielens',
      annotations: { 'backstage.io/source-location': location },
    },
  });
  const source = 'https://github.com/acme/movielens/tree/main/';

  it('is shown, and its host asked for a token', async () => {
    await renderField({
      uiOptions,
      hosts: [github],
      entity: entityAt(`url:${source}`),
    });
    expect(await screen.findByDisplayValue(source)).toBeVisible();
    expect(value()).toBe(source);
    await waitFor(() => expect(token()).toBe('theirs'));
  });

  it('is shown also if nobody signs in', async () => {
    await renderField({
      uiOptions,
      hosts: [github],
      entity: entityAt(`url:${source}`),
      getCredentials: jest.fn().mockRejectedValue(new Error('closed')),
    });
    expect(
      await screen.findByText(/not signed in to github.com: closed/),
    ).toBeVisible();
    expect(value()).toBe(source);
  });

  it('is a folder of a machine without a token', async () => {
    const getCredentials = await renderField({
      uiOptions,
      hosts: [local],
      entity: entityAt('file:/repos/movielens/'),
    });
    await waitFor(() => expect(value()).toBe('file:///repos/movielens/'));
    expect(getCredentials).not.toHaveBeenCalled();
  });

  it('is not known of an entity that is not there', async () => {
    await renderField({ uiOptions, hosts: [github] });
    expect(
      await screen.findByText(/Cannot tell the repository of component/),
    ).toBeVisible();
  });
});

describe('the validation', () => {
  async function validate(repoUrl?: string, hosts: unknown = [local, github]) {
    const errors: string[] = [];
    const apis = new Map<string, unknown>([
      [translationApiRef.id, mockApis.translation()],
      [scmIntegrationsApiRef.id, integrations],
      [
        dataLakeApiRef.id,
        {
          async listCodeHosts() {
            if (hosts instanceof Error) throw hosts;
            return hosts;
          },
        },
      ],
    ]);
    await repositoryOptions.validation(
      repoUrl!,
      { addError: (message: string) => errors.push(message) } as any,
      {
        apiHolder: { get: (ref: { id: string }) => apis.get(ref.id) },
        formData: {},
        schema: {},
        uiSchema: {},
      } as any,
    );
    return errors;
  }

  it.each(['local?repo=movielens', 'github.com?owner=Acme&repo=movielens'])(
    'accepts %s',
    async repoUrl => {
      expect(await validate(repoUrl)).toEqual([]);
    },
  );

  it.each([
    [undefined, /Choose a host/],
    ['github.com?owner=acme', /Choose a host/],
    ['gitlab.com?owner=acme&repo=x', /gitlab.com is none of the hosts/],
    ['github.com?repo=x', /owner not provided/],
    ['github.com?owner=other&repo=x', /other is none of the owners/],
  ])('refuses %s', async (repoUrl, message) => {
    expect(await validate(repoUrl)).toContainEqual(
      expect.stringMatching(message),
    );
  });

  it('refuses a project that is not listed', async () => {
    const azure: CodeHost = {
      host: 'dev.azure.com',
      title: 'Azure',
      type: 'azure',
      owners: ['acme'],
      projects: ['data'],
      asksForToken: true,
    };
    const at = (project: string) =>
      validate(`dev.azure.com?organization=acme&project=${project}&repo=x`, [
        azure,
      ]);
    expect(await at('data')).toEqual([]);
    expect(await at('payroll')).toEqual([
      expect.stringMatching(/payroll is none of the projects/),
    ]);
  });

  it('says that it could not check', async () => {
    expect(await validate('local?repo=x', new Error('503'))).toEqual([
      expect.stringMatching(/Cannot list the hosts: 503/),
    ]);
  });
});
