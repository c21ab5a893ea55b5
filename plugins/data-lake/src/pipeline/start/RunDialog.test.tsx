import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { makePipeline } from '../../__fixtures__';
import { dataLakeApiRef } from '../../api';
import { parseConf } from './parseConf';
import { RunDialog } from './RunDialog';

async function renderDialog(startRun: jest.Mock) {
  const onStarted = jest.fn();
  const onClose = jest.fn();
  await renderInTestApp(
    <RunDialog
      environment={makePipeline('healthy').environments[0]}
      entityRef="component:default/movielens"
      dagId="movielens-demo"
      onStarted={onStarted}
      onClose={onClose}
    />,
    { apis: [[dataLakeApiRef, { startRun } as any]] },
  );
  return { onStarted, onClose };
}

const run = () => screen.getByRole('button', { name: 'Run' });
const conf = () => screen.getByLabelText('Configuration, JSON');

describe('RunDialog', () => {
  it('describes the run', async () => {
    await renderDialog(jest.fn());
    expect(
      screen.getByRole('heading', { name: 'Run movielens-demo' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Starts now in demo \(lake-demo, eu-central-1\)/),
    ).toBeInTheDocument();
  });

  it('starts one run on a double click', async () => {
    let answer: (id: string) => void = () => {};
    const startRun = jest.fn(
      () =>
        new Promise<string>(resolve => {
          answer = resolve;
        }),
    );
    const { onStarted } = await renderDialog(startRun);
    await userEvent.dblClick(run());
    expect(startRun).toHaveBeenCalledTimes(1);
    answer('20261122T124500-7f3a');
    await waitFor(() =>
      expect(onStarted).toHaveBeenCalledWith('20261122T124500-7f3a'),
    );
  });

  it('shows the error and tries again under the same run id', async () => {
    const startRun = jest
      .fn()
      .mockRejectedValueOnce(new Error('Airflow did not answer.'))
      .mockImplementation(async (_, { runId }) => runId);
    const { onStarted } = await renderDialog(startRun);
    await userEvent.click(run());
    expect(
      await screen.findByText(/Airflow did not answer\./),
    ).toBeInTheDocument();
    expect(onStarted).not.toHaveBeenCalled();
    await userEvent.click(run());
    await waitFor(() => expect(onStarted).toHaveBeenCalled());
    const [first, second] = startRun.mock.calls.map(call => call[1].runId);
    expect(first).toMatch(/^\d{8}T\d{6}-[0-9a-f]{4}$/);
    expect(second).toBe(first);
  });

  it('passes the configuration to the run', async () => {
    const startRun = jest.fn(async (_, { runId }) => runId);
    await renderDialog(startRun);
    await userEvent.click(conf());
    await userEvent.paste('{"full": true}');
    await userEvent.click(run());
    expect(startRun).toHaveBeenCalledWith(
      { entityRef: 'component:default/movielens', name: 'demo' },
      expect.objectContaining({ conf: { full: true } }),
    );
  });

  it('refuses a configuration that is not a JSON object', async () => {
    await renderDialog(jest.fn());
    await userEvent.click(conf());
    await userEvent.paste('[1]');
    expect(screen.getByText(/Must be a JSON object/)).toBeInTheDocument();
    expect(run()).toBeDisabled();
  });
});

describe('parseConf', () => {
  it.each(['', '  ', '{}'])('accepts %j as empty', text => {
    expect(parseConf(text)).toEqual({ ok: true, value: {} });
  });
  it.each(['1', 'null', '"a"', '[]'])('refuses %s', text => {
    expect(parseConf(text)).toEqual({ ok: false });
  });
  it('reports why text is not JSON', () => {
    expect(parseConf('{')).toEqual({ ok: false, message: expect.anything() });
  });
});
