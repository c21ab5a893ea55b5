import { renderInTestApp, mockApis } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { SWRConfig } from 'swr';
import type { DataLakeApi } from '../api';
import { dataLakeApiRef } from '../api';
import { makeEntity, makePipeline } from '../__fixtures__';
import type { FixtureName } from '../__fixtures__';
import { PipelineTab } from './PipelineTab';

function makeApi(
  name: FixtureName,
  rest: Partial<DataLakeApi> = {},
): jest.Mocked<DataLakeApi> {
  return {
    getPipeline: jest.fn(async () => makePipeline(name)),
    refresh: jest.fn(async () => {}),
    startRun: jest.fn(async (_, { runId }) => runId),
    listAccounts: jest.fn(async () => []),
    listMwaaEnvironments: jest.fn(async () => []),
    ...rest,
  } as jest.Mocked<DataLakeApi>;
}

function Location() {
  const { search } = useLocation();
  return <output data-testid="search">{search}</output>;
}

async function renderTab(
  api: DataLakeApi,
  options: { search?: string; signals?: any } = {},
) {
  const apis: any[] = [[dataLakeApiRef, api], mockApis.permission()];
  if (options.signals) apis.push([signalApiRef, options.signals]);
  await renderInTestApp(
    <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0 }}>
      <EntityProvider entity={makeEntity('movielens')}>
        <PipelineTab />
        <Location />
      </EntityProvider>
    </SWRConfig>,
    { apis, initialRouteEntries: [`/${options.search ?? ''}`] } as any,
  );
}

const search = () =>
  new URLSearchParams(screen.getByTestId('search').textContent ?? '');

const header = async () =>
  within(await screen.findByRole('region', { name: 'Health' }));

describe('PipelineTab', () => {
  it('shows the health, its rules, its account and region, and its age', async () => {
    await renderTab(makeApi('healthy'));
    const health = await header();
    expect(
      health.getByRole('heading', {
        name: 'Healthy – fresh 2 h ago, next run 02:00 UTC',
      }),
    ).toBeInTheDocument();
    expect(health.getByText('lake-demo 1111-2222-3333')).toBeInTheDocument();
    expect(health.getByText('Airflow 3.3.1')).toBeInTheDocument();
    expect(health.getByText(/observed 1\d s ago/)).toBeInTheDocument();
    expect(health.getAllByRole('listitem')).toHaveLength(4);
  });

  it.each(['service', 'kind', 'state', 'health', 'name'])(
    'stays if only a newer backend knows a word: %s',
    async key => {
      const pipeline = makePipeline('failed');
      const [environment] = pipeline.environments;
      const { rules, resources, runs, problems } = environment;
      const steps = runs.flatMap(run => run.steps);
      const rows =
        key === 'name'
          ? rules
          : [
              environment,
              ...rules,
              ...resources,
              ...runs,
              ...steps,
              ...problems,
            ];
      for (const row of rows as any[]) if (key in row) row[key] = 'unknown';
      await renderTab(makeApi('failed', { getPipeline: async () => pipeline }));
      const health = await header();
      expect(health.getAllByRole('listitem')).toHaveLength(rules.length);
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    },
  );

  it('shows nothing for 300 ms, then a skeleton', async () => {
    const api = makeApi('healthy', {
      getPipeline: () => new Promise(() => {}),
    });
    await renderTab(api);
    expect(screen.queryByText('Loading the pipeline')).not.toBeInTheDocument();
    expect(await screen.findByText('Loading the pipeline')).toBeInTheDocument();
  });

  it('shows the error, and tries again on request', async () => {
    const api = makeApi('healthy');
    api.getPipeline.mockRejectedValueOnce(new Error('The database is away'));
    await renderTab(api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away');
    await userEvent.click(within(alert).getByRole('button'));
    expect((await header()).getByText(/fresh 2 h/)).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('offers the first run of a pipeline that never ran', async () => {
    await renderTab(makeApi('empty'));
    expect(await screen.findByText('No runs yet')).toBeInTheDocument();
    expect(screen.queryByLabelText('Runs by step, newest right')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Run now…' }));
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
  });

  it('reports that nothing was observed yet, and reads on request', async () => {
    const api = makeApi('unseen');
    await renderTab(api);
    await screen.findByRole('heading', { name: 'Not observed yet' });
    expect((await header()).getByRole('heading')).toHaveTextContent(/^Unknown/);
    expect(screen.queryByText('No runs yet')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Read now' }));
    expect(api.refresh).toHaveBeenCalledWith({
      entityRef: 'component:default/movielens',
      name: 'demo',
    });
  });

  it('shows problems beside what could be read', async () => {
    await renderTab(makeApi('partial'));
    const problems = await screen.findByRole('region', { name: 'Problems' });
    expect(problems).toHaveTextContent('Not read: EMR, Lambda.');
    expect(problems).toHaveTextContent(/ThrottlingException/);
    expect(problems).toHaveTextContent(/Add lambda:GetFunctionConfiguration/);
    expect(screen.getByRole('region', { name: 'Runs' })).toBeInTheDocument();
  });

  it('does not show denied data as absent', async () => {
    await renderTab(makeApi('denied'));
    expect((await header()).getByRole('heading')).toHaveTextContent(/^Denied/);
    expect(screen.getByText(/cloudformation:DescribeStacks/)).toBeVisible();
    expect(screen.queryByText('No runs yet')).not.toBeInTheDocument();
    expect(screen.queryByText(/have no resources yet/)).not.toBeInTheDocument();
  });

  it('disables Run with its reason', async () => {
    await renderTab(makeApi('denied'));
    const button = (await header()).getByRole('button', { name: 'Run…' });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription(
      'Cannot start a run: You are not in team-discovery.',
    );
  });

  it('reports a deleted stack and keeps the runs', async () => {
    await renderTab(makeApi('gone'));
    expect((await header()).getByRole('heading')).toHaveTextContent(/^Gone/);
    expect(screen.getByText('Gone: CloudFormation.')).toBeInTheDocument();
    expect(screen.getByText(/Deploy it again/)).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Runs' })).toBeInTheDocument();
  });

  it('never shows a stale observation as healthy', async () => {
    await renderTab(makeApi('stale'));
    expect((await header()).getByRole('heading')).toHaveTextContent(
      'Unknown – no update for 47 m',
    );
    expect(screen.getByText('No update for 47 m.')).toBeInTheDocument();
    expect(screen.getByText('Last observed 47 m ago')).toBeInTheDocument();
    expect((await header()).queryByLabelText('Healthy')).toBeNull();
    expect((await header()).queryByLabelText('Running')).toBeNull();
  });

  it('shows the cause: its message, since when, where to look', async () => {
    await renderTab(makeApi('failed'));
    const cause = within(await screen.findByRole('region', { name: 'Cause' }));
    expect(
      cause.getByRole('heading', { name: 'movielens-demo-transform failed' }),
    ).toBeInTheDocument();
    expect(cause.getByText(/AccessDeniedException/)).toBeInTheDocument();
    expect(cause.getByText(/the same step in 2 runs/)).toBeInTheDocument();
    expect(cause.getByRole('link', { name: /Glue console/ })).toHaveAttribute(
      'href',
      expect.stringContaining('console.aws.amazon.com/glue'),
    );
    await userEvent.click(cause.getByRole('button', { name: 'Show in trace' }));
    expect(search().get('step')).toMatch(/^glue:/);
    expect(
      screen.getByRole('row', { name: /transform/, selected: true }),
    ).toBeInTheDocument();
  });

  it('switches environments in the URL', async () => {
    await renderTab(makeApi('healthy'));
    await userEvent.click(await screen.findByRole('radio', { name: /prod/ }));
    expect(search().get('environment')).toBe('prod');
    expect((await header()).getByRole('heading')).toHaveTextContent(/^Late/);
  });

  it('opens the run of the URL', async () => {
    const [environment] = makePipeline('failed').environments;
    const api = makeApi('failed', {
      getPipeline: async () => ({
        entityRef: 'component:default/movielens',
        environments: [environment],
      }),
    });
    const run = environment.runs[5];
    await renderTab(api, { search: `?environment=demo&run=${run.id}` });
    const trace = await screen.findByRole('region', { name: /^Run of/ });
    expect(trace).toHaveTextContent(run.id);
  });

  it('reports a run of the URL that does not exist', async () => {
    await renderTab(makeApi('healthy'), { search: '?run=elder' });
    expect(await screen.findByText('No run elder')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the newest run' }),
    );
    expect(search().get('run')).toBeNull();
  });

  it('lists resources by service with status, facts and console link', async () => {
    await renderTab(makeApi('healthy'));
    const table = within(await screen.findByRole('table'));
    const job = table.getByRole('row', { name: /Glue 5\.0/ });
    expect(job).toHaveTextContent('2 × G.1X');
    expect(within(job).getByRole('link')).toHaveAttribute('target', '_blank');
    expect(table.getByText('/data-lake/movielens/demo/database')).toBeVisible();
  });

  it('moves in the grid by arrows in one tab stop and opens by Enter', async () => {
    await renderTab(makeApi('failed'));
    const grid = await screen.findByRole('grid');
    expect(within(grid).getAllByRole('gridcell')).toHaveLength(1);
    act(() => grid.focus());
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowDown}');
    const cell = within(grid).getByRole('gridcell');
    expect(cell).toHaveTextContent(
      /^start_execution of the run of .*Succeeded/,
    );
    expect(grid).toHaveAttribute('aria-activedescendant', cell.id);
    await userEvent.keyboard('{Enter}');
    expect(search().get('step')).toBe('mwaa:task:start');
    await userEvent.keyboard('{Home}');
    expect(within(grid).getByRole('gridcell')).toHaveAttribute(
      'aria-colindex',
      '1',
    );
  });

  it('folds the grid to the failed steps, and shows all on request', async () => {
    await renderTab(makeApi('failed'));
    const runs = within(await screen.findByRole('region', { name: 'Runs' }));
    expect(runs.getByRole('grid')).toHaveAttribute('aria-rowcount', '5');
    await userEvent.click(
      runs.getByRole('button', { name: 'Show all 13 steps' }),
    );
    expect(runs.getByRole('grid')).toHaveAttribute('aria-rowcount', '14');
  });

  it('folds and walks the trace by keys', async () => {
    await renderTab(makeApi('healthy'));
    const trace = await screen.findByRole('treegrid');
    const rows = () => within(trace).getAllByRole('row').slice(1);
    expect(rows().filter(row => row.tabIndex === 0)).toHaveLength(1);
    const all = rows().length;
    act(() => rows()[0].focus());
    await userEvent.keyboard('{ArrowDown}{ArrowLeft}');
    expect(rows()[1]).toHaveAttribute('aria-expanded', 'false');
    expect(rows()).toHaveLength(all - 1);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(rows()).toHaveLength(all);
    expect(rows()[2]).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(search().get('step')).toBe('emr:cluster:cluster');
    await userEvent.keyboard('{Escape}');
    expect(search().get('step')).toBeNull();
  });

  it('reads again on a signal, and announces changed health politely', async () => {
    let send: (message: object) => void = () => {};
    const signals = {
      subscribe: jest.fn((_channel: string, onMessage: any) => {
        send = onMessage;
        return { unsubscribe() {} };
      }),
    };
    const api = makeApi('running');
    await renderTab(api, { signals });
    await header();
    expect(signals.subscribe).toHaveBeenCalledWith(
      'data-lake:component:default/movielens',
      expect.anything(),
    );
    expect(screen.queryByText(/^demo: /)).not.toBeInTheDocument();
    api.getPipeline.mockResolvedValue(makePipeline('failed'));
    act(() => send({ environment: 'demo' }));
    await waitFor(() =>
      expect(screen.getByText(/^demo: Failing/)).toHaveAttribute(
        'role',
        'status',
      ),
    );
  });

  it('keeps the last answer if a later reading fails', async () => {
    let send: (message: object) => void = () => {};
    const signals = {
      subscribe(_channel: string, onMessage: any) {
        send = onMessage;
        return { unsubscribe() {} };
      },
    };
    const api = makeApi('healthy');
    await renderTab(api, { signals });
    await header();
    api.getPipeline.mockRejectedValue(new Error('Bad gateway'));
    act(() => send({ environment: 'demo' }));
    expect(
      await screen.findByText(/Not refreshed: Bad gateway\./),
    ).toBeInTheDocument();
    expect((await header()).getByText(/fresh 2 h/)).toBeInTheDocument();
  });

  it('follows a started run until Airflow lists it', async () => {
    const api = makeApi('healthy');
    await renderTab(api);
    await userEvent.click(
      (await header()).getByRole('button', { name: 'Run…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Run' }));
    const { runId } = api.startRun.mock.calls[0][1];
    expect(await screen.findByText(`Run ${runId} started`)).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(search().get('run')).toBe(runId);
    expect(api.refresh).toHaveBeenCalledTimes(1);
  });
});
