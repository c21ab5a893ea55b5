import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { findDuration, formatDuration, formatTime } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import { GridDrawing } from './GridDrawing';
import { findPlace, grid } from './layoutGrid';
import type { GridLayout } from './layoutGrid';
import { movePlace } from './moveCell';
import type { Place } from './moveCell';
import styles from './RunsGrid.module.css';

const headHeight = grid.barsHeight + grid.datesHeight;

/**
 * The plot of the grid: one tab stop, arrows move, Enter opens. It is one drawing, so only the place
 * in focus is an element of its own for screen readers, as in a virtual grid.
 */
export function GridPlot(props: {
  layout: GridLayout;
  selected?: string;
  onSelect(selection: { run: string; step?: string }): void;
}) {
  const { layout, selected, onSelect } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const cellId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<Place>();
  const [hasFocus, setHasFocus] = useState(false);

  const last = layout.columns.length - 1;
  const selectedColumn = layout.columns.findIndex(c => c.run.id === selected);
  const size = { columns: layout.columns.length, rows: layout.rows.length };
  const place = clamp(
    focus ?? { column: selectedColumn < 0 ? last : selectedColumn, row: -1 },
    size,
  );

  // The newest is what a reader looks for: wide grids open at their right end.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box) box.scrollLeft = box.scrollWidth;
  }, [layout.columns.length]);

  useEffect(() => {
    const box = scroller.current;
    if (!box || !hasFocus) return;
    const x = place.column * grid.column;
    if (x < box.scrollLeft) box.scrollLeft = x;
    const right = x + grid.column - box.clientWidth;
    if (right > box.scrollLeft) box.scrollLeft = right;
  }, [place.column, hasFocus]);

  const open = ({ column, row }: Place) => {
    const { run } = layout.columns[column];
    onSelect({ run: run.id, step: layout.rows[row]?.steps.get(run.id)?.id });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(place);
      return;
    }
    const next = movePlace(place, event.key, size);
    if (next) {
      event.preventDefault();
      setFocus(next);
    }
  };

  const onClick = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top - headHeight;
    const found = findPlace(layout, { x, y });
    if (!found) return;
    setFocus(found);
    open(found);
  };

  return (
    <div
      ref={scroller}
      className={styles.plot}
      role="grid"
      tabIndex={0}
      aria-label={t('runs.grid')}
      aria-rowcount={layout.rows.length + 1}
      aria-colcount={layout.columns.length}
      aria-activedescendant={cellId}
      onKeyDown={onKeyDown}
      onFocus={() => setHasFocus(true)}
      onBlur={() => setHasFocus(false)}
    >
      <GridDrawing
        layout={layout}
        selectedColumn={selectedColumn}
        focus={hasFocus ? place : undefined}
        onClick={onClick}
      />
      <div role="row" aria-rowindex={place.row + 2} className={styles.spoken}>
        <div
          role="gridcell"
          id={cellId}
          aria-colindex={place.column + 1}
          aria-selected={place.column === selectedColumn}
        >
          {layout.columns[place.column] && sayPlace(layout, place, t)}
        </div>
      </div>
    </div>
  );
}

function sayPlace(layout: GridLayout, place: Place, t: Translate): string {
  const { run } = layout.columns[place.column];
  const time = run.startedAt ? formatTime(run.startedAt) : t('runs.notStarted');
  const row = layout.rows[place.row];
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

function clamp(place: Place, size: { columns: number; rows: number }): Place {
  return {
    column: Math.max(0, Math.min(place.column, size.columns - 1)),
    row: Math.min(place.row, size.rows - 1),
  };
}
