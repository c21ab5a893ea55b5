import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { DeploymentPreview } from '@data-lake/plugin-data-lake-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { makeEntity, makePipeline } from '../../__fixtures__/pipelines';
import { deploymentPreview, nothingChanges } from '../../__fixtures__/previews';
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

// much is drawn, which takes long where the machine is busy
jest.setTimeout(60_000);

describe('DeployView', () => {
  it('tells what changes, from which commit, and what is in danger', async () => {
    const { previewDeployment } = await renderView({});
    expect(
      await screen.findByRole('heading', { name: 'Preview: demo' }),
    ).toBeInTheDocument();
    expect(previewDeployment).toHaveBeenCalledWith({
      entityRef: 'component:default/movielens',
      environment: 'demo',
    });
    expect(screen.getByText('9d1c2f4')).toBeInTheDocument();
    const summary = within(screen.getByRole('region', { name: 'Summary' }));
    for (const tile of [
      '2added',
      '3changed in place',
      '1replaced',
      '1removed',
      '+$0.10a month without use, $1.10 to $1.20',
    ]) {
      expect(summary.getByText((_, e) => e?.textContent === tile)).toBeTruthy();
    }
    const dangers = screen.getByRole('region', {
      name: '2 things need your yes',
    });
    expect(dangers).toHaveTextContent(
      'Data in danger: CuratedDatabase would be replaced',
    );
    expect(dangers).toHaveTextContent('What it holds is deleted.');
    expect(dangers).toHaveTextContent('Broader permissions: GlueJobRole');
    expect(dangers).toHaveTextContent('s3:DeleteObject on');
  });

  it('shows what each property was and becomes, and which one replaces', async () => {
    await renderView({});
    await screen.findByRole('heading', { name: 'Preview: demo' });
    const [replaced, , workers] = screen.getAllByRole('list', {
      name: 'Changes',
    });
    expect(replaced).toHaveTextContent(
      'DatabaseInput / Name forces a new resource−Before: movielens_demo+After: movielens_demo_v2',
    );
    expect(workers).toHaveTextContent('NumberOfWorkers −Before: 10+After: 14');
  });

  it('tells what guards the stacks, and takes nothing unknown for good', async () => {
    const guards = async () =>
      within(await screen.findByRole('region', { name: 'Guards' }))
        .getAllByRole('listitem')
        .map(item => item.textContent);
    await renderView({});
    expect(await guards()).toEqual([
      'Nobody else deploys',
      'All types are on the allowed list',
      'Termination protection is off: foundations',
      'Drift is not known: foundations',
      'The largest template has 31 of 1,024 KiB',
    ]);
    expect(
      screen
        .getByRole('region', { name: 'Guards' })
        .querySelectorAll('[class*="succeeded"]'),
    ).toHaveLength(3);
  });

  it('starts exactly what was previewed once each danger is ticked, and goes to its task', async () => {
    const { startTask } = await renderView({});
    await screen.findByRole('heading', { name: 'Preview: demo' });
    expect(submit()).toBeDisabled();
    await userEvent.click(screen.getByLabelText('Replace CuratedDatabase'));
    expect(submit()).toBeDisabled();
    expect(submit()).toHaveAccessibleDescription(/^Tick all first/);
    await userEvent.click(
      screen.getByLabelText('Give more permissions to GlueJobRole'),
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

  it('asks for a yes to many deletions, and allows so many and no more', async () => {
    const [release, dags] = deploymentPreview.uploads;
    const deleted = Array.from({ length: 25 }, (_, at) => `old/${at}.py`);
    const { startTask } = await renderView({
      preview: {
        ...nothingChanges,
        uploads: [release, { ...dags, deleted, deletesMany: true }],
      },
    });
    const danger = await screen.findByRole('region', {
      name: 'One thing needs your yes',
    });
    expect(danger).toHaveTextContent('25 files would be deleted');
    expect(submit()).toBeDisabled();
    await userEvent.click(screen.getByLabelText('Delete 25 files'));
    await userEvent.click(submit());
    expect(startTask.mock.calls[0][0].values).toMatchObject({
      allowReplacement: false,
      maxDeleted: 25,
    });
  });

  it('asks for no yes where nothing is in danger, and allows nothing then', async () => {
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

  it('takes the permissions of a new stack as given, and has no digest of its two steps', async () => {
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

  it('says where nothing changes, and offers no button then', async () => {
    await renderView({ preview: nothingChanges });
    expect(
      await screen.findByRole('heading', { name: 'Nothing changes' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Deploy/ })).toBeNull();
  });

  it('tells a refusal in its own words, and asks again', async () => {
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

  it('asks nothing where the caller may not, and says why', async () => {
    const { previewDeployment } = await renderView({
      denied: 'Only members of group:default/finance may',
    });
    expect(
      await screen.findByText('Only members of group:default/finance may'),
    ).toBeInTheDocument();
    expect(previewDeployment).not.toHaveBeenCalled();
  });

  it('keeps the preview where the task cannot be started', async () => {
    await renderView({
      preview: { ...nothingChanges, uploads: deploymentPreview.uploads },
      startTask: jest.fn(async () => {
        throw new Error('Template is not in the catalog');
      }),
    });
    await screen.findByRole('heading', { name: 'Preview: demo' });
    await userEvent.click(submit());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Not started. Template is not in the catalog',
    );
    expect(submit()).toBeEnabled();
  });
});
