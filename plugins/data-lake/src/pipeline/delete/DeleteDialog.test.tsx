import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  DeletionPreview,
  DeletionRequest,
} from '@data-lake/plugin-data-lake-common';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { makePipeline } from '../../__fixtures__';
import type { FixtureName } from '../../__fixtures__';
import { deletionPreview } from '../../__fixtures__';
import { dataLakeApiRef } from '../../api';
import { DeleteDialog } from './DeleteDialog';

function Path() {
  return <output data-testid="path">{useLocation().pathname}</output>;
}

async function renderDialog(
  options: {
    preview?: DeletionPreview;
    fixture?: FixtureName;
    error?: Error;
    dataError?: Error;
    catalog?: object;
  } = {},
) {
  const [environment] = makePipeline(options.fixture ?? 'healthy').environments;
  const previewDeletion = jest.fn(
    async (_: unknown, request?: DeletionRequest) => {
      await new Promise(resolve => setTimeout(resolve));
      const error = request?.removeData ? options.dataError : options.error;
      if (error) throw error;
      const preview = options.preview ?? deletionPreview;
      return request?.removeData ? withData(preview) : preview;
    },
  );
  const startTask = jest.fn(async () => 'task-2');
  await renderInTestApp(
    <>
      <DeleteDialog
        environment={environment}
        entityRef="component:default/movielens"
        onClose={jest.fn()}
      />
      <Path />
    </>,
    {
      apis: [
        [dataLakeApiRef, { previewDeletion, startTask } as any],
        [catalogApiRef, options.catalog ?? catalogApiMock()],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  return { previewDeletion, startTask };
}

/** The same, but nothing stays. */
const withData = (preview: DeletionPreview): DeletionPreview => ({
  ...preview,
  stacks: preview.stacks.map(stack => ({
    ...stack,
    goes: [...stack.goes, ...stack.stays],
    stays: [],
  })),
});

const emptyBuckets = () =>
  screen.getByRole('checkbox', { name: /Delete all objects/ });
const removeData = () =>
  screen.getByRole('checkbox', { name: /Also delete the data/ });
const submit = () => screen.getByRole('button', { name: 'Tear down' });
const name = () => screen.findByLabelText('Type movielens-demo to confirm');

describe('DeleteDialog', () => {
  it('lists what is deleted and what stays', async () => {
    await renderDialog();
    await name();
    const goes = within(
      screen.getByRole('region', { name: 'Will be deleted' }),
    );
    expect(goes.getByText('Stack movielens-demo-foundations')).toBeTruthy();
    expect(goes.getByText('Lambda Function')).toBeTruthy();
    expect(goes.getByText('Files of the DAG')).toBeTruthy();
    const stays = within(screen.getByRole('region', { name: 'Will stay' }));
    expect(
      stays.getByText('movielens-demo-data-111122223333-eu-central-1'),
    ).toBeTruthy();
    expect(stays.getByText('Repository and its history')).toBeTruthy();
    expect(
      screen.getByText(
        /movielens-demo-observability, movielens-demo-foundations/,
      ),
    ).toBeTruthy();
  });

  it('needs the name and a confirmation for the objects, then starts the task once', async () => {
    const { startTask } = await renderDialog();
    await userEvent.click(await name());
    await userEvent.paste('movielens-demo');
    expect(submit()).toBeDisabled();
    expect(submit()).toHaveAccessibleDescription(
      'Confirm deleting the objects first',
    );
    await userEvent.click(emptyBuckets());
    await userEvent.dblClick(submit());
    expect(startTask).toHaveBeenCalledTimes(1);
    expect(startTask).toHaveBeenCalledWith({
      templateRef: 'template:default/data-lake-delete',
      values: {
        entityRef: 'component:default/movielens',
        environment: 'demo',
        confirm: 'movielens-demo',
        emptyBuckets: true,
        removeData: false,
      },
    });
    expect(await screen.findByTestId('path')).toHaveTextContent(
      '/create/tasks/task-2',
    );
  });

  it('needs no confirmation if no bucket holds objects, and empties none', async () => {
    const preview = {
      ...deletionPreview,
      stacks: deletionPreview.stacks.map(s => ({ ...s, fullBuckets: [] })),
    };
    const { startTask } = await renderDialog({ preview });
    await userEvent.click(await name());
    await userEvent.paste('movielens-dem');
    expect(submit()).toBeDisabled();
    expect(submit()).toHaveAccessibleDescription('The name does not match yet');
    await userEvent.paste('o');
    await userEvent.click(submit());
    expect(startTask.mock.calls[0]).toEqual([
      expect.objectContaining({
        values: expect.objectContaining({ emptyBuckets: false }),
      }),
    ]);
  });

  it('deletes the data if the repository allows it, and shows that nothing stays', async () => {
    const { previewDeletion, startTask } = await renderDialog();
    await userEvent.click(await name());
    await userEvent.paste('movielens-demo');
    await userEvent.click(removeData());
    const stays = within(screen.getByRole('region', { name: 'Will stay' }));
    await waitFor(() =>
      expect(stays.queryByText(/^movielens-demo-data-/)).toBeNull(),
    );
    expect(previewDeletion).toHaveBeenLastCalledWith(expect.anything(), {
      removeData: true,
    });
    // they are emptied in any case
    expect(screen.queryByText(/Delete all objects/)).toBeNull();
    await userEvent.click(submit());
    expect(startTask.mock.calls[0]).toEqual([
      expect.objectContaining({
        values: expect.objectContaining({ removeData: true }),
      }),
    ]);
  });

  it('reports why the data cannot be deleted, and does not start', async () => {
    await renderDialog({
      dataError: new Error('project.yaml does not say removable: true'),
    });
    await userEvent.click(await name());
    await userEvent.paste('movielens-demo');
    await userEvent.click(emptyBuckets());
    await userEvent.click(removeData());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'does not say removable: true',
    );
    expect(submit()).toBeDisabled();
    await userEvent.click(removeData());
    await waitFor(() => expect(submit()).toBeEnabled());
  });

  it('lists the entities that depend on it or its resources, without its own', async () => {
    const entity = (
      [kind, called]: string[],
      relations: Record<string, string[]>,
    ) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name: called, namespace: 'default' },
      relations: Object.entries(relations).flatMap(([type, refs]) =>
        refs.map(targetRef => ({ type, targetRef })),
      ),
    });
    const [database, other] = ['demo', 'prod'].map(
      environment => `resource:default/movielens-${environment}-database`,
    );
    const transform = 'resource:default/movielens-demo-transform';
    const lake = 'component:default/movielens';
    await renderDialog({
      catalog: catalogApiMock({
        entities: [
          entity(['Component', 'movielens'], {
            dependsOn: [database, transform, other],
            dependencyOf: ['component:default/recommendations-api'],
          }),
          entity(['Resource', 'movielens-demo-database'], {
            dependencyOf: [lake, transform, 'component:default/weekly-report'],
          }),
          entity(['Resource', 'movielens-prod-database'], {
            dependencyOf: [lake, 'component:default/of-prod'],
          }),
        ],
      }),
    });
    expect(
      await screen.findByText(/^2 other entities depend on it/),
    ).toBeVisible();
    for (const link of ['recommendations-api', 'weekly-report']) {
      expect(screen.getByRole('link', { name: link })).toBeVisible();
    }
    expect(
      screen.queryByRole('link', { name: /of-prod|transform/ }),
    ).toBeNull();
  });

  it('reports that the dependents cannot be listed', async () => {
    const getEntityByRef = async () => {
      throw new Error('the catalog is away');
    };
    await renderDialog({ catalog: { getEntityByRef } });
    expect(
      await screen.findByText(
        /Cannot list the entities that depend on it. the catalog/,
      ),
    ).toBeVisible();
  });

  it('warns during a run', async () => {
    await renderDialog({ fixture: 'running' });
    expect(
      await screen.findByText(/^A run is in progress\. The tear-down waits/),
    ).toBeInTheDocument();
  });

  it('reports that nothing is left', async () => {
    const preview = {
      ...deletionPreview,
      dags: undefined,
      beside: { goes: [], stays: [] },
      stacks: [
        {
          name: 'movielens-demo-foundations',
          status: 'NOT_THERE',
          goes: [],
          stays: [],
          fullBuckets: [],
        },
      ],
    };
    await renderDialog({ preview });
    expect(
      await screen.findByText(/Nothing is left: no stack/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Tear down' })).toBeNull();
  });

  it('lists what a stack that is gone has left, what it is for, and offers to delete it', async () => {
    const bucket = 'movielens-demo-data-111122223333-eu-central-1';
    const preview: DeletionPreview = {
      ...deletionPreview,
      dags: undefined,
      stacks: [
        {
          name: 'movielens-demo-foundations',
          status: 'NOT_THERE',
          goes: [],
          stays: [
            {
              logicalId: 'DataBucket',
              type: 'AWS::S3::Bucket',
              physicalId: bucket,
              meaning: 'the data',
            },
          ],
          fullBuckets: [],
        },
      ],
    };
    const { startTask } = await renderDialog({ preview });
    await userEvent.click(await name());
    await userEvent.paste('movielens-demo');
    const stays = within(screen.getByRole('region', { name: 'Will stay' }));
    expect(stays.getByText(`${bucket}: the data`)).toBeVisible();
    expect(stays.getByText(/glue-job\/output: logs that AWS/)).toBeVisible();
    await userEvent.click(removeData());
    await userEvent.click(submit());
    expect(startTask.mock.calls[0]).toEqual([
      expect.objectContaining({
        values: expect.objectContaining({ removeData: true }),
      }),
    ]);
  });

  it('requests no preview without permission, and says why', async () => {
    const { previewDeletion } = await renderDialog({ fixture: 'denied' });
    expect(
      await screen.findByText(/You are not in team-discovery/),
    ).toBeInTheDocument();
    expect(previewDeletion).not.toHaveBeenCalled();
  });

  it('shows the error, and tries again on request', async () => {
    const { previewDeletion } = await renderDialog({
      error: new Error('AWS did not answer.'),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'AWS did not answer.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(previewDeletion).toHaveBeenCalledTimes(2);
  });
});
