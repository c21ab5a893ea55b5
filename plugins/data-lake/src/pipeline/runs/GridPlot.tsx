import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useId } from 'react';
import { dataLakeTranslationRef } from '../../translation';
import { describeCell } from './describeCell';
import { GridDrawing } from './GridDrawing';
import type { GridLayout } from './layoutGrid';
import styles from './RunsGrid.module.css';
import { useGridFocus } from './useGridFocus';
import { useGridScroll } from './useGridScroll';

/**
 * The plot of the runs grid: one tab stop, arrows move, Enter opens. As in a virtual grid, only the
 * cell in focus is an element for screen readers; everything else is one drawing.
 */
export function GridPlot(props: {
  layout: GridLayout;
  selected?: string;
  onSelect(selection: { run: string; step?: string }): void;
}) {
  const { layout, selected, onSelect } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const cellId = useId();
  const selectedColumn = layout.columns.findIndex(c => c.run.id === selected);
  const { cell, hasFocus, handlers, onClick } = useGridFocus({
    layout,
    selectedColumn,
    onSelect,
  });
  const scroller = useGridScroll({
    columns: layout.columns.length,
    focused: hasFocus ? cell.column : undefined,
  });
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
      {...handlers}
    >
      <GridDrawing
        layout={layout}
        selectedColumn={selectedColumn}
        focus={hasFocus ? cell : undefined}
        onClick={onClick}
      />
      <div role="row" aria-rowindex={cell.row + 2} className={styles.spoken}>
        <div
          role="gridcell"
          id={cellId}
          aria-colindex={cell.column + 1}
          aria-selected={cell.column === selectedColumn}
        >
          {layout.columns[cell.column] && describeCell(layout, cell, t)}
        </div>
      </div>
    </div>
  );
}
