import { makePipeline, makeRun } from '../../__fixtures__';
import { layoutTrace } from './layoutTrace';

const start = Date.parse('2026-11-22T02:00:00Z');
const minute = 60_000;
const run = makeRun({ start });
const now = start + 120 * minute;

describe('layoutTrace', () => {
  it('lays out the steps of all services as one tree, in order', () => {
    const { rows } = layoutTrace({ run, now });
    expect(rows).toHaveLength(run.steps.length);
    expect(rows.slice(0, 4).map(r => [r.depth, r.step.kind])).toEqual([
      [0, 'DAG run'],
      [1, 'task'],
      [2, 'cluster'],
      [1, 'task'],
    ]);
    expect(rows[1]).toMatchObject({ setSize: 3, position: 1 });
    expect(rows[3]).toMatchObject({ setSize: 3, position: 2 });
  });

  it('places bars within the axis', () => {
    const { rows } = layoutTrace({ run, now });
    expect(rows[0].bar).toEqual({ left: 0, width: 1 });
    for (const { bar } of rows) {
      expect(bar!.left).toBeGreaterThanOrEqual(0);
      expect(bar!.left + bar!.width).toBeLessThanOrEqual(1.0001);
    }
  });

  it('folds', () => {
    const folded = new Set([run.steps[3].id]);
    const names = layoutTrace({ run, now, folded }).rows.map(r => r.step.name);
    expect(names).toContain('add_steps');
    expect(names).not.toContain('preprocess_movies');
  });

  it('extends active steps to now, and marks now', () => {
    const going = makeRun({ start, state: 'running', ends: 28 * 60 });
    const layout = layoutTrace({ run: going, now: start + 28 * minute });
    expect(layout.now).toBeCloseTo(1);
    expect(layout.rows[0].took).toBe(28 * minute);
    const waiting = layout.rows.filter(r => r.step.state === 'queued');
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting[0].bar).toBeUndefined();
    expect(waiting[0].took).toBeUndefined();
    expect(layoutTrace({ run, now }).now).toBeUndefined();
  });

  it('keeps every step: without its parent, or in a cycle, it is at the top', () => {
    const [root, a, b] = run.steps;
    const steps = [
      root,
      { ...a, parent: 'nobody' },
      { ...b, id: 'x', parent: 'y' },
      { ...b, id: 'y', parent: 'x' },
    ];
    const { rows } = layoutTrace({ run: { ...run, steps }, now });
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map(r => r.step.id)).size).toBe(4);
  });

  it('has at most five ticks, for seconds as for days', () => {
    for (const length of [3, 90, 2292, 40_000, 400_000]) {
      const [root] = run.steps;
      const endedAt = new Date(start + length * 1000).toISOString();
      const one = { ...run, endedAt, steps: [{ ...root, endedAt }] };
      const { ticks } = layoutTrace({ run: one, now });
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(ticks[0].left).toBe(0);
    }
  });

  it('accepts a run without any times', () => {
    const blank = {
      id: 'x',
      state: 'queued' as const,
      trigger: 'manual',
      steps: [],
    };
    expect(layoutTrace({ run: blank, now }).rows).toEqual([]);
    expect(makePipeline('empty', now).environments[0].runs).toEqual([]);
  });
});
