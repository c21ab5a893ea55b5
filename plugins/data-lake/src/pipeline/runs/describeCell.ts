import { findDuration, formatDuration, formatTime } from '../../format';
import type { Translate } from '../../translation';
import type { GridLayout } from './layoutGrid';
import type { CellPosition } from './moveCell';

/** Describes a cell in words, for screen readers. */
export function describeCell(
  layout: GridLayout,
  cell: CellPosition,
  t: Translate,
): string {
  const { run } = layout.columns[cell.column];
  const time = run.startedAt ? formatTime(run.startedAt) : t('runs.notStarted');
  const row = layout.rows[cell.row];
  if (!row) {
    const took = findDuration(run, Date.now());
    return t('runs.run', {
      time,
      state: t(`state.${run.state}`),
      duration:
        took === undefined ? t('runs.notStarted') : formatDuration(took),
    });
  }
  const step = row.steps.get(run.id);
  return step
    ? t('runs.cell', { step: row.name, time, state: t(`state.${step.state}`) })
    : t('runs.noCell', { step: row.name, time });
}
