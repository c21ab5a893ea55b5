import { isActive, isEnded } from '@data-lake/plugin-data-lake-common';
import type { Run, Step } from '@data-lake/plugin-data-lake-common';
import { findDuration, formatClock } from '../../format';

/** One line of the trace. Positions are shares (0 to 1) of the time axis. */
export interface TraceRow {
  step: Step;
  depth: number;
  hasChildren: boolean;
  /** The number of lines of its parent, and its position among them, from 1. */
  setSize: number;
  position: number;
  bar?: { left: number; width: number };
  /** Milliseconds; absent if it has not started. */
  took?: number;
}

export interface TraceLayout {
  rows: TraceRow[];
  ticks: Array<{ left: number; text: string }>;
  /** The position of now, while the run is active. */
  now?: number;
}

/** Computes the positions of all parts of a trace. Pure. */
export function layoutTrace(options: {
  run: Run;
  now: number;
  /** Ids of folded steps: their children are not drawn. */
  folded?: ReadonlySet<string>;
}): TraceLayout {
  const { run, now, folded = new Set() } = options;
  const span = findSpan(run, now);
  const children = groupByParent(run.steps);
  const rows: TraceRow[] = [];
  const visit = (parent: string | undefined, depth: number) => {
    const steps = children.get(parent) ?? [];
    steps.forEach((step, i) => {
      rows.push({
        step,
        depth,
        hasChildren: children.has(step.id),
        setSize: steps.length,
        position: i + 1,
        bar: toBar(step, span, now),
        took: findDuration(step, now),
      });
      if (!folded.has(step.id)) visit(step.id, depth + 1);
    });
  };
  visit(undefined, 0);
  return {
    rows,
    ticks: toTicks(span),
    now: isActive(run) ? toShare(now, span) : undefined,
  };
}

interface Span {
  start: number;
  end: number;
}

function findSpan(run: Run, now: number): Span {
  const all = [run, ...run.steps];
  const starts = all.flatMap(s => (s.startedAt ? Date.parse(s.startedAt) : []));
  const ends = all.flatMap(s => (s.endedAt ? Date.parse(s.endedAt) : []));
  if (isActive(run)) ends.push(now);
  const start = starts.length ? Math.min(...starts) : now;
  return { start, end: Math.max(start + 1000, ...ends) };
}

/** A step whose parent is not in the run is at the top, and so is a cycle; no step is dropped. */
function groupByParent(
  steps: readonly Step[],
): Map<string | undefined, Step[]> {
  const byId = new Map(steps.map(step => [step.id, step]));
  const groups = new Map<string | undefined, Step[]>();
  for (const step of steps) {
    const parent = reachesTop(step, byId) ? step.parent : undefined;
    const key = parent !== undefined && byId.has(parent) ? parent : undefined;
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return groups;
}

function reachesTop(step: Step, byId: ReadonlyMap<string, Step>): boolean {
  const seen = new Set<string>();
  for (
    let s: Step | undefined = step;
    s;
    s = s.parent === undefined ? undefined : byId.get(s.parent)
  ) {
    if (seen.has(s.id)) return false;
    seen.add(s.id);
  }
  return true;
}

function toBar(step: Step, span: Span, now: number): TraceRow['bar'] {
  const took = findDuration(step, isEnded(step.state) ? span.end : now);
  if (step.startedAt === undefined || took === undefined) return undefined;
  const left = toShare(Date.parse(step.startedAt), span);
  return { left, width: Math.min(1 - left, took / (span.end - span.start)) };
}

function toShare(time: number, span: Span): number {
  const share = (time - span.start) / (span.end - span.start);
  return Math.min(1, Math.max(0, share));
}

const second = 1000;
const minute = 60 * second;
const tickSteps = [1, 2, 5, 10, 15, 30]
  .map(n => n * second)
  .concat([1, 2, 5, 10, 15, 20, 30].map(n => n * minute))
  .concat([1, 2, 3, 6, 12, 24].map(n => n * 60 * minute));

/** At most five times, at round distances from the start; a tick near the end has no text. */
function toTicks(span: Span): TraceLayout['ticks'] {
  const length = span.end - span.start;
  const step = tickSteps.find(s => length / s <= 4.5) ?? length / 4;
  const ticks: TraceLayout['ticks'] = [];
  for (let time = span.start; time <= span.end; time += step) {
    const left = toShare(time, span);
    const fits = left <= 0.9;
    ticks.push({
      left,
      text: fits ? formatClock(time, { seconds: step < minute }) : '',
    });
  }
  return ticks;
}
