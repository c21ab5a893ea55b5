import { ServiceId } from '@data-lake/plugin-data-lake-common';
import type { Run, Step } from '@data-lake/plugin-data-lake-common';
import { findDuration, findMedian } from '../../format';
import { toStepName } from '../convert/toStepName';

/** A row of the grid: one step of the pipeline in all runs. */
export interface Row {
  key: string;
  service: ServiceId;
  name: string;
  kind: string;
  /** Median duration of the successful steps, in milliseconds. */
  median?: number;
  /** The step of this row in each run, by run id. */
  steps: Map<string, Step>;
}

/**
 * Makes the rows of the runs grid. Joins the steps of all runs by service, kind and name, and groups
 * them by service, in order of their start in the newest run that has them. The root of a run is its
 * bar and has no row.
 *
 * @param runs - newest first
 */
export function toRows(runs: readonly Run[]): Row[] {
  const rows = new Map<string, Row>();
  for (const run of runs) {
    for (const step of run.steps.slice(1)) {
      addStep(rows, run, step);
    }
  }
  return [...rows.values()]
    .map(row => ({ ...row, median: findMedianDuration(row) }))
    .sort((a, b) => serviceOrder(a) - serviceOrder(b));
}

function addStep(rows: Map<string, Row>, run: Run, step: Step) {
  const name = toStepName(step, run);
  const key = `${step.service}:${step.kind}:${name}`;
  const row = rows.get(key) ?? {
    key,
    service: step.service,
    kind: step.kind,
    name,
    steps: new Map(),
  };
  const other = row.steps.get(run.id);
  // The same step again in one run (a loop, a map): a failure must not hide behind a later success.
  if (!other || other.state !== 'failed') row.steps.set(run.id, step);
  rows.set(key, row);
}

function findMedianDuration(row: Row): number | undefined {
  const durations = [...row.steps.values()]
    .filter(step => step.state === 'succeeded' && step.endedAt)
    .flatMap(step => findDuration(step, 0) ?? []);
  return findMedian(durations);
}

const serviceOrder = (row: Row) => ServiceId.options.indexOf(row.service);
