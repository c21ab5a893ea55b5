import { makePipeline, makeRun } from '../../__fixtures__';
import { findCell, grid, layoutGrid } from './layoutGrid';
import { toRows } from './toRows';

const now = Date.parse('2026-11-22T04:00:00Z');
const { runs } = makePipeline('failed', now).environments[0];

const lay = (list = runs) =>
  layoutGrid({ runs: list, rows: toRows(list), now });

describe('toRows', () => {
  it('makes one row per step over all runs, although names contain run keys', () => {
    const rows = toRows(runs);
    expect(rows.map(r => `${r.service} ${r.name}`)).toEqual([
      'mwaa create_cluster',
      'mwaa add_steps',
      'mwaa start_execution',
      'emr cluster',
      'emr preprocess_movies',
      'emr preprocess_ratings',
      'emr preprocess_tags',
      'stepfunctions execution',
      'lambda StartGlueJob',
      'lambda CheckGlueJob',
      'glue transform',
      'glue curated',
      'glue marts',
    ]);
    expect(rows.every(row => row.steps.size === runs.length)).toBe(true);
  });

  it('takes the median of successful steps only', () => {
    const good = makeRun({ start: now });
    const cut = makeRun({ start: now - 1e9, state: 'failed', ends: 10 });
    const [create] = toRows([good, cut]);
    expect(create.median).toBe(354_000);
  });

  it('does not hide a failure behind a later success of the same step', () => {
    const run = makeRun({ start: now });
    const [root, first] = run.steps;
    const failed = { ...first, id: 'a', state: 'failed' as const };
    const again = { ...first, id: 'b', state: 'succeeded' as const };
    const rows = toRows([{ ...run, steps: [root, failed, again] }]);
    expect(rows[0].steps.get(run.id)?.id).toBe('a');
  });
});

describe('layoutGrid', () => {
  it('puts the newest right', () => {
    const { columns, width } = lay();
    expect(columns).toHaveLength(40);
    expect(columns[39].run.id).toBe(runs[0].id);
    expect(columns[39].x).toBe(39 * grid.column);
    expect(width).toBe(40 * grid.column);
  });

  it('keeps bars within their space, and draws none without a duration', () => {
    const { columns } = lay();
    for (const { barHeight } of columns) {
      expect(barHeight).toBeGreaterThanOrEqual(4);
      expect(barHeight).toBeLessThanOrEqual(grid.barMax);
    }
    const queued = { ...runs[0], startedAt: undefined, endedAt: undefined };
    expect(lay([queued]).columns[0].barHeight).toBe(0);
  });

  it('marks success small, retries with a ring, and other states with their shape', () => {
    const { cells, rows } = lay();
    const shape = (name: string, column: number) =>
      cells.find(c => rows[c.row].name === name && c.column === column)?.look
        .shape;
    expect(shape('transform', 39)).toBe('failed');
    expect(shape('curated', 39)).toBe('skipped');
    expect(shape('create_cluster', 39)).toBe('dot');
    expect(shape('preprocess_ratings', 39 - 17)).toBe('retried');
  });

  it('separates services and never overlaps rows', () => {
    const { rows, height } = lay();
    rows.slice(1).forEach((row, i) => {
      const gap = row.first ? grid.gap : 0;
      expect(row.y).toBe(rows[i].y + grid.row + gap);
    });
    expect(height).toBe(rows[rows.length - 1].y + grid.row);
  });

  it('labels days, or times if all runs are of one day', () => {
    expect(lay().labels[0].text).toMatch(/^\d+ [A-Z][a-z]{2}$/);
    const close = [0, 1, 2, 3, 4, 5].map(i =>
      makeRun({ start: now - i * 3_600_000 }),
    );
    const { labels } = lay(close);
    expect(labels.length).toBeGreaterThan(1);
    expect(labels[0].text).toMatch(/^\d\d:\d\d$/);
    labels.slice(1).forEach((label, i) => {
      expect(label.x - labels[i].x).toBeGreaterThanOrEqual(56);
    });
  });

  it('draws nothing without runs', () => {
    const layout = lay([]);
    expect(layout).toMatchObject({
      columns: [],
      rows: [],
      width: 0,
      height: 0,
    });
    expect(layout.scale).toBeUndefined();
  });
});

describe('findCell', () => {
  it('finds the cell under a point, the bar above the rows, and nothing outside', () => {
    const layout = lay();
    const { y } = layout.rows[4];
    const x = 2 * grid.column + 3;
    expect(findCell(layout, { x, y: y + 1 })).toEqual({ column: 2, row: 4 });
    expect(findCell(layout, { x, y: -30 })).toEqual({ column: 2, row: -1 });
    expect(findCell(layout, { x: layout.width + 1, y })).toBeUndefined();
    expect(findCell(layout, { x: -1, y })).toBeUndefined();
  });
});
