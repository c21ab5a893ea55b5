import { Run, Step } from '@data-lake/plugin-data-lake-common';
import { mergeRun } from './mergeRun';

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  service: 'mwaa',
  kind: id.split(':')[0],
  name: id,
  state: 'running',
  status: 'x',
  startedAt: '2026-11-22T10:00:00.000Z',
  ...more,
});
const run = (steps: Step[], more: Partial<Run> = {}): Run => ({
  id: 'r',
  state: 'running',
  trigger: 'manual',
  steps,
  ...more,
});

describe('mergeRun', () => {
  it('takes what is newer, and keeps what was not told this time', () => {
    const before = run([step('root'), step('cluster', { parent: 'root' })]);
    const fresh = run([step('root', { state: 'failed' })], { state: 'failed' });
    const merged = mergeRun(before, fresh);
    expect(merged).toMatchObject({ state: 'failed', firstFailure: 'root' });
    expect(merged.steps.map(s => [s.id, s.state])).toEqual([
      ['root', 'failed'],
      ['cluster', 'running'],
    ]);
  });

  it('does not let the execution alone pass for the whole run', () => {
    const before = run([step('root'), step('execution', { parent: 'root' })]);
    const fresh = run([step('execution', { state: 'succeeded' })], {
      id: 'other spelling',
      state: 'succeeded',
      trigger: 'execution',
    });
    expect(mergeRun(before, fresh)).toMatchObject({
      id: 'r',
      state: 'running',
      trigger: 'manual',
      steps: [
        { id: 'root' },
        { id: 'execution', state: 'succeeded', parent: 'root' },
      ],
    });
  });

  it('takes the whole run over the execution that was known first', () => {
    const before = run([step('execution')], { trigger: 'execution' });
    const fresh = run([step('root'), step('execution', { parent: 'root' })]);
    expect(mergeRun(before, fresh)).toMatchObject({
      trigger: 'manual',
      steps: [{ id: 'root' }, { id: 'execution', parent: 'root' }],
    });
  });
});
