import type { Run, ServiceId, Step } from '@data-lake/plugin-data-lake-common';
import { findDuration, findMedian, formatClock, formatDay } from '../../format';
import { runLook } from '../../state';
import type { Look } from '../../state';
import type { Row } from './toRows';

/** The sizes of the grid, in pixels. */
export const grid = {
  column: 17,
  row: 20,
  barsHeight: 76,
  barMax: 52,
  datesHeight: 18,
  gap: 7,
} as const;

export interface Column {
  run: Run;
  /** Left edge. */
  x: number;
  barHeight: number;
  look: Look;
}

export interface PlacedRow extends Row {
  /** Upper edge, below the dates. */
  y: number;
  /** True for the first row of its service. */
  first: boolean;
}

export interface Cell {
  row: number;
  column: number;
  look: Look;
  step: Step;
}

export interface GridLayout {
  /** Oldest left. */
  columns: Column[];
  rows: PlacedRow[];
  cells: Cell[];
  labels: Array<{ x: number; text: string }>;
  width: number;
  /** Height of the rows alone. */
  height: number;
  /** The labelled durations of the scale in milliseconds, and the height of the median above the base. */
  scale?: { top: number; median: number; medianHeight: number };
}

/** Computes the positions of all parts of the runs grid. Pure. */
export function layoutGrid(options: {
  /** Newest first. */
  runs: readonly Run[];
  rows: readonly Row[];
  now: number;
}): GridLayout {
  const { now } = options;
  const runs = [...options.runs].reverse();
  const durations = runs.map(run => findDuration(run, now) ?? 0);
  const top = toScaleTop(Math.max(0, ...durations));
  const toHeight = (ms: number) =>
    ms > 0 ? Math.max(4, Math.round((ms / top) * grid.barMax)) : 0;
  const rows = placeRows(options.rows);
  const median = findMedian(
    runs.flatMap((run, i) => (run.state === 'succeeded' ? durations[i] : [])),
  );
  return {
    columns: runs.map((run, i) => ({
      run,
      x: i * grid.column,
      barHeight: toHeight(durations[i]),
      look: runLook[run.state],
    })),
    rows,
    cells: rows.flatMap((row, r) =>
      runs.flatMap((run, c) => {
        const step = row.steps.get(run.id);
        return step ? { row: r, column: c, step, look: toCellLook(step) } : [];
      }),
    ),
    labels: toLabels(runs),
    width: runs.length * grid.column,
    height: rows.length ? rows[rows.length - 1].y + grid.row : 0,
    scale:
      median === undefined
        ? undefined
        : { top, median, medianHeight: (median / top) * grid.barMax },
  };
}

/** Finds the cell under a point of the drawing, even one without a step. */
export function findCell(
  layout: GridLayout,
  point: { x: number; y: number },
): { column: number; row: number } | undefined {
  const column = Math.floor(point.x / grid.column);
  if (column < 0 || column >= layout.columns.length) return undefined;
  const row = layout.rows.findIndex(
    ({ y }) => point.y >= y && point.y < y + grid.row,
  );
  return { column, row };
}

/** Success is a small dot; worse states are larger. */
function toCellLook(step: Step): Look {
  if (step.state !== 'succeeded') return runLook[step.state];
  return {
    tone: 'succeeded',
    shape: (step.attempt ?? 1) > 1 ? 'retried' : 'dot',
  };
}

function placeRows(rows: readonly Row[]): PlacedRow[] {
  let y = 0;
  let service: ServiceId | undefined;
  return rows.map((row, i) => {
    const first = row.service !== service;
    if (first && i > 0) y += grid.gap;
    service = row.service;
    const placed = { ...row, y, first };
    y += grid.row;
    return placed;
  });
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The next round duration, for a short label of the scale. */
function toScaleTop(ms: number): number {
  const rounds = [10, 30].map(n => n * second);
  rounds.push(...[1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90].map(n => n * minute));
  rounds.push(...[2, 3, 4, 6, 8, 12, 18, 24, 48].map(n => n * hour));
  return rounds.find(round => ms <= round) ?? ms;
}

const labelWidth = 56;

/** Days, or times of day if all runs are of one day or two. */
function toLabels(runs: readonly Run[]): GridLayout['labels'] {
  const times = runs.map(run => run.startedAt ?? run.queuedAt);
  const known = times.flatMap(time => (time ? Date.parse(time) : []));
  const within = Math.max(...known) - Math.min(...known);
  const format = within < day ? formatClock : formatDay;
  const labels: GridLayout['labels'] = [];
  times.forEach((time, i) => {
    if (!time) return;
    const text = format(time);
    const last = labels[labels.length - 1];
    const x = i * grid.column;
    if (last && (x - last.x < labelWidth || text === last.text)) return;
    labels.push({ x, text });
  });
  return labels;
}
