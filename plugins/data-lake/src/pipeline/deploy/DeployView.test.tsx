import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { DeploymentPreview } from '@data-lake/plugin-data-lake-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { makeEntity, makePipeline } from '../../__fixtures__';
import { deploymentPreview, nothingChanges } from '../../__fixtures__';
import { dataLakeApiRef } from '../../api';
import { DeployView } from './DeployView';

function Path() {
  const { pathname, search } = useLocation();
  return (
    <output data-testid="path">{`${pathname}${decodeURIComponent(
      search,
    )}`}</output>
  );
}

async function renderView(options: {
  preview?: DeploymentPreview;
  error?: Error;
  denied?: string;
  startTask?: jest.Mock;
}) {
  const [environment] = makePipeline('healthy').environments;
  const previewDeployment = jest.fn(async () => {
    await new Promise(resolve => setTimeout(resolve));
    if (options.error) throw options.error;
    return options.preview ?? deploymentPreview;
  });
  const startTask = options.startTask ?? jest.fn(async () => 'task-1');
  if (options.denied) {
    environment.actions = {
      ...environment.actions,
      deploy: { allowed: false, reason: options.denied },
    };
  }
  await renderInTestApp(
    <EntityProvider entity={makeEntity('movielens')}>
      <DeployView environment={environment} onBack={jest.fn()} />
      <Path />
    </EntityProvider>,
    {
      apis: [[dataLakeApiRef, { previewDeployment, startTask } as any]],
    },
  );
  return { previewDeployment, startTask };
}

const submit = () => screen.getByRole('button', { name: /^Deploy \d+ change/ });

describe('DeployView', () => {
  it('shows the changes, their commit, and the data at risk', async () => {
    const { previewDeployment } = await renderView({});
    expect(
      await screen.findByRole('heading', { name: 'Preview: demo' }),
    ).toBeInTheDocument();
    expect(previewDeployment).toHaveBeenCalledWith({
      entityRef: 'component:default/movielens',
      name: 'demo',
    });
    expect(screen.getByText('9d1c2f4')).toBeInTheDocument();
    const summary = within(screen.getByRole('region', { name: 'Summary' }));
    for (const tile of [
      '2added',
      '3changed in place',
      '1replaced',
      '1removed',
      '+$0.10fixed cost a month, $1.10 to $1.20',
    ]) {
      expect(summary.getByText((_, e) => e?.textContent === tile)).toBeTruthy();
    }
    const gates = screen.getByRole('region', {
      name: '2 changes require confirmation',
    });
    expect(gates).toHaveTextContent(
      'Data at risk: CuratedDatabase would be replaced',
    );
    expect(gates).toHaveTextContent('Its data is deleted.');
    expect(gates).toHaveTextContent('Broader permissions: GlueJobRole');
    expect(gates).toHaveTextContent('s3:DeleteObject on');
  });

  it('shows each property before and after, and which one requires replacement', async () => {
    await renderView({});
    await screen.findByRole('heading', { name: 'Preview: demo' });
    const [replaced, , workers] = screen.getAllByRole('list', {
      name: 'Changes',
    });
    expect(replaced).toHaveTextContent(
      'DatabaseInput / Name requires replacement−Before: movielens_demo+After: movielens_demo_v2',
    );
    expect(workers).toHaveTextContent('NumberOfWorkers −Before: 10+After: 14');
  });

  it('lists the safeguards of the stacks, and shows nothing unknown as healthy', async () => {
    const guards = async () =>
      within(await screen.findByRole('region', { name: 'Safeguards' }))
        .getAllByRole('listitem')
        .map(item => item.textContent);
    await renderView({});
    expect(await guards()).toEqual([
      'No other deployment in progress',
      'All resource types are allowed',
      'Termination protection is off: foundations',
      'Drift not checked: foundations',
      'Largest template: 31 of 1,024 KiB',
    ]);
    expect(
      screen
        .getByRole('region', { name: 'Safeguards' })
        .querySelectorAll('[class*="succeeded"]'),
    ).toHaveLength(3);
  });

  it('deploys exactly the preview once each gate is confirmed, and opens the task', async () => {
    const { startTask } = await renderView({});
    await screen.findByRole('heading', { name: 'Preview: demo' });
    expect(submit()).toBeDisabled();
    await userEvent.click(screen.getByLabelText('Replace CuratedDatabase'));
    expect(submit()).toBeDisabled();
    expect(submit()).toHaveAccessibleDescription(/^Confirm every change first/);
    await userEvent.click(
      screen.getByLabelText('Grant broader permissions to GlueJobRole'),
    );
    await userEvent.dblClick(submit());
    expect(startTask).toHaveBeenCalledTimes(1);
    expect(startTask).toHaveBeenCalledWith({
      templateRef: 'template:default/data-lake-deploy',
      values: {
        entityRef: 'component:default/movielens',
        environment: 'demo',
        commit: deploymentPreview.commit,
        previewDigests: { foundations: 'd1'.repeat(32) },
        allowReplacement: true,
        allowBroaderPermissions: true,
      },
    });
    expect(await screen.findByTestId('path')).toHaveTextContent(
      '/create/tasks/task-1',
    );
  });

  it('requires confirmation for many deletions, and allows no more than those', async () => {
    const [release, dags] = deploymentPreview.uploads;
    const deleted = Array.from({ length: 25 }, (_, at) => `old/${at}.py`);
    const { startTask } = await renderView({
      preview: {
        ...nothingChanges,
        uploads: [release, { ...dags, deleted, deletesMany: true }],
      },
    });
    const gate = await screen.findByRole('region', {
      name: '1 change requires confirmation',
    });
    expect(gate).toHaveTextContent('25 files would be deleted');
    expect(submit()).toBeDisabled();
    await userEvent.click(screen.getByLabelText('Delete 25 files'));
    await userEvent.click(submit());
    expect(startTask.mock.calls[0][0].values).toMatchObject({
      allowReplacement: false,
      maxDeleted: 25,
    });
  });

  it('requires no confirmation without gates, and allows nothing then', async () => {
    const [stack] = deploymentPreview.stacks;
    const preview = {
      ...deploymentPreview,
      stacks: [
        {
          ...stack,
          broader: [],
          resources: stack.resources.filter(({ does }) => does === 'added'),
        },
      ],
    };
    const { startTask } = await renderView({ preview });
    await screen.findByRole('heading', { name: 'Preview: demo' });
    expect(screen.queryByRole('checkbox')).toBeNull();
    await userEvent.click(submit());
    expect(startTask.mock.calls[0][0].values).toMatchObject({
      allowReplacement: false,
      allowBroaderPermissions: false,
    });
  });

  it('needs no gate for the permissions of a new stack, and sends no digest for it', async () => {
    const [stack] = deploymentPreview.stacks;
    const preview = {
      ...deploymentPreview,
      stacks: [
        {
          ...stack,
          does: 'create' as const,
          resources: stack.resources.map(r => ({
            ...r,
            does: 'added' as const,
          })),
        },
      ],
    };
    const { startTask } = await renderView({ preview });
    await screen.findByRole('heading', { name: 'Preview: demo' });
    await userEvent.click(submit());
    expect(startTask.mock.calls[0][0].values).toMatchObject({
      previewDigests: {},
      allowBroaderPermissions: false,
    });
  });

  it('reports that nothing changes, and offers no button', async () => {
    await renderView({ preview: nothingChanges });
    expect(
      await screen.findByRole('heading', { name: 'Nothing changes' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Deploy/ })).toBeNull();
  });

  it('shows the error as reported, and tries again on request', async () => {
    const error = new Error('Stack x is UPDATE_IN_PROGRESS.');
    const { previewDeployment } = await renderView({ error });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Stack x is UPDATE_IN_PROGRESS.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(previewDeployment).toHaveBeenCalledTimes(2);
    // what is stuck in a rollback has no preview, and goes on by the form
    await userEvent.click(
      await screen.findByRole('button', { name: 'Deploy without a preview…' }),
    );
    expect(screen.getByTestId('path')).toHaveTextContent(
      '/create/templates/default/data-lake-deploy?formData={"entityRef":"component:default/movielens","environment":"demo"}',
    );
  });

  it('requests no preview without permission, and says why', async () => {
    const { previewDeployment } = await renderView({
      denied: 'Only members of group:default/finance may',
    });
    expect(
      await screen.findByText('Only members of group:default/finance may'),
    ).toBeInTheDocument();
    expect(previewDeployment).not.toHaveBeenCalled();
  });

  it('keeps the preview if the task cannot start', async () => {
    await renderView({
      preview: { ...nothingChanges, uploads: deploymentPreview.uploads },
      startTask: jest.fn(async () => {
        throw new Error('Template is not in the catalog');
      }),
    });
    await screen.findByRole('heading', { name: 'Preview: demo' });
    await userEvent.click(submit());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Deployment not started. Template is not in the catalog',
    );
    expect(submit()).toBeEnabled();
  });
});
