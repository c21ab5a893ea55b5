import { translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SWRConfig } from 'swr';
import { dataLakeApiRef } from '../api';
import {
  accountOptions,
  mwaaEnvironmentOptions,
  projectNameOptions,
  regionOptions,
} from './options';

const accounts = [
  { id: '000000000000', name: 'local', regions: ['us-east-1', 'eu-west-1'] },
];

async function renderField(
  { component: Field }: { component: (props: any) => JSX.Element | null },
  options: { api?: object; props?: object } = {},
) {
  const onChange = jest.fn();
  const props = {
    name: 'field',
    schema: {},
    uiSchema: {},
    idSchema: { $id: 'root_field' },
    formContext: { formData: {} },
    onChange,
    ...options.props,
  };
  const api = { listAccounts: async () => accounts, ...options.api };
  await renderInTestApp(
    <SWRConfig value={{ provider: () => new Map() }}>
      <Field {...props} />
    </SWRConfig>,
    { apis: [[dataLakeApiRef, api as any]] },
  );
  return onChange;
}

async function validate(
  { validation }: { validation: Function },
  value: string | undefined,
  catalog: object = { getEntities: async () => ({ items: [] }) },
): Promise<string[]> {
  const errors: string[] = [];
  const apis = new Map<string, unknown>([
    [translationApiRef.id, mockApis.translation()],
    [catalogApiRef.id, catalog],
  ]);
  await validation(
    value,
    { addError: (message: string) => errors.push(message) },
    { apiHolder: { get: (ref: { id: string }) => apis.get(ref.id) } },
  );
  return errors;
}

const taken = {
  getEntities: jest.fn(async () => ({
    items: [
      { kind: 'System', metadata: { name: 'movielens', namespace: 'default' } },
    ],
  })),
};

describe('DataLakeProjectName', () => {
  it('shows its rule and returns the text', async () => {
    const onChange = await renderField(projectNameOptions);
    expect(screen.getByText(/3 to 20 lowercase letters/)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText(/Project name/), 'a');
    expect(onChange).toHaveBeenCalledWith('a');
  });

  it.each([
    undefined,
    'ab',
    'Movie',
    'xn--ab',
    '1abc',
    'abc-',
    'a'.repeat(21),
    'a_b',
  ])('refuses %p with the rule, without asking the catalog', async name => {
    const catalog = { getEntities: jest.fn() };
    const errors = await validate(projectNameOptions, name, catalog);
    expect(errors).toEqual([
      expect.stringMatching(/^must be 3 to 20 lower-case letters/),
    ]);
    expect(catalog.getEntities).not.toHaveBeenCalled();
  });

  it('accepts a free name', async () => {
    expect(await validate(projectNameOptions, 'movielens')).toEqual([]);
  });

  it('refuses a taken name and names the entity', async () => {
    expect(await validate(projectNameOptions, 'movielens', taken)).toEqual([
      'Taken: system:default/movielens. Choose another name.',
    ]);
    expect(taken.getEntities).toHaveBeenCalledWith(
      expect.objectContaining({
        filter: [
          { kind: 'component', 'metadata.name': 'movielens' },
          { kind: 'system', 'metadata.name': 'movielens' },
        ],
      }),
    );
  });

  it('reports that the check failed', async () => {
    const catalog = {
      getEntities: async () => {
        throw new Error('503');
      },
    };
    const [error] = await validate(projectNameOptions, 'movielens', catalog);
    expect(error).toMatch(/Cannot check .* 503/);
  });
});

describe('DataLakeAccount', () => {
  it('offers the accounts of the owner by name and id', async () => {
    const listAccounts = jest.fn(async () => accounts);
    const onChange = await renderField(accountOptions, {
      api: { listAccounts },
      props: { formContext: { formData: { owner: 'group:default/guests' } } },
    });
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /AWS account/ })).toBeEnabled(),
    );
    expect(listAccounts).toHaveBeenCalledWith({
      owner: 'group:default/guests',
    });
    await userEvent.click(screen.getByRole('button', { name: /AWS account/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'local (000000000000)' }),
    );
    expect(onChange).toHaveBeenCalledWith('000000000000');
  });

  it('tells who can add an account if there is none', async () => {
    await renderField(accountOptions, {
      api: { listAccounts: async () => [] },
      props: { formContext: { formData: { owner: 'group:default/guests' } } },
    });
    expect(
      await screen.findByText(
        /No account is available to group:default\/guests/,
      ),
    ).toBeInTheDocument();
  });

  it('refuses an invalid account id', async () => {
    expect(await validate(accountOptions, undefined)).toHaveLength(1);
    expect(await validate(accountOptions, '123')).toHaveLength(1);
    expect(await validate(accountOptions, '000000000000')).toEqual([]);
  });
});

describe('DataLakeRegion', () => {
  const formContext = { formData: { account: '000000000000' } };

  it('offers the regions of the account', async () => {
    const onChange = await renderField(regionOptions, {
      props: { formContext },
    });
    const button = screen.getByRole('button', { name: /Region/ });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    await userEvent.click(
      await screen.findByRole('option', { name: 'eu-west-1' }),
    );
    expect(onChange).toHaveBeenCalledWith('eu-west-1');
  });

  it('waits for the account', async () => {
    await renderField(regionOptions);
    expect(screen.getByText('Choose an account first.')).toBeInTheDocument();
  });

  it('reports a chosen region that is no longer allowed', async () => {
    await renderField(regionOptions, {
      props: { formContext, formData: 'ap-south-1' },
    });
    expect(
      await screen.findByText(/Allowed: us-east-1, eu-west-1\./),
    ).toBeInTheDocument();
  });

  it('refuses an invalid region', async () => {
    expect(await validate(regionOptions, undefined)).toHaveLength(1);
    expect(await validate(regionOptions, 'Frankfurt')).toHaveLength(1);
    for (const region of [
      'us-gov-west-1',
      'eusc-de-east-1',
      'us-isob-east-1',
    ]) {
      expect(await validate(regionOptions, region)).toEqual([]);
    }
  });
});

describe('DataLakeMwaaEnvironment', () => {
  const formContext = {
    formData: { account: '000000000000', region: 'us-east-1' },
  };
  const environments = [
    { name: 'local-airflow', status: 'UPDATING', airflowVersion: '3.3.1' },
  ];

  it('offers environments with version and status', async () => {
    const listMwaaEnvironments = jest.fn(async () => environments);
    const onChange = await renderField(mwaaEnvironmentOptions, {
      api: { listMwaaEnvironments },
      props: { formContext },
    });
    const button = screen.getByRole('button', { name: /MWAA environment/ });
    await waitFor(() => expect(button).toBeEnabled());
    expect(listMwaaEnvironments).toHaveBeenCalledWith(formContext.formData);
    await userEvent.click(button);
    await userEvent.click(
      await screen.findByRole('option', {
        name: 'local-airflow, Airflow 3.3.1, UPDATING',
      }),
    );
    expect(onChange).toHaveBeenCalledWith('local-airflow');
  });

  it('reports a chosen environment that is not ready', async () => {
    await renderField(mwaaEnvironmentOptions, {
      api: { listMwaaEnvironments: async () => environments },
      props: { formContext, formData: 'local-airflow' },
    });
    expect(
      await screen.findByText(/local-airflow is UPDATING/),
    ).toBeInTheDocument();
  });

  it('reports an empty list, and accepts a name as text', async () => {
    const onChange = await renderField(mwaaEnvironmentOptions, {
      api: { listMwaaEnvironments: async () => [] },
      props: { formContext },
    });
    expect(
      await screen.findByText(/No MWAA environment in 000000000000, us-east-1/),
    ).toBeInTheDocument();
    await userEvent.type(screen.getByRole('textbox'), 'x');
    expect(onChange).toHaveBeenCalledWith('x');
  });

  it('reports why the list is missing, and reads it again on request', async () => {
    const listMwaaEnvironments = jest
      .fn()
      .mockRejectedValueOnce(new Error('Not allowed: airflow:ListEnvironments'))
      .mockResolvedValue(environments);
    await renderField(mwaaEnvironmentOptions, {
      api: { listMwaaEnvironments },
      props: { formContext },
    });
    expect(
      await screen.findByText(/airflow:ListEnvironments\. Enter the name/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: /MWAA environment/ }),
      ).toBeEnabled(),
    );
  });

  it('refuses an invalid name', async () => {
    expect(await validate(mwaaEnvironmentOptions, undefined)).toHaveLength(1);
    expect(await validate(mwaaEnvironmentOptions, '1a b')).toHaveLength(1);
    expect(await validate(mwaaEnvironmentOptions, 'local-airflow')).toEqual([]);
  });
});
