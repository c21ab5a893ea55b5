import { useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { findCell, grid } from './layoutGrid';
import type { GridLayout } from './layoutGrid';
import { clampCell, moveCell } from './moveCell';
import type { CellPosition } from './moveCell';

const headHeight = grid.barsHeight + grid.datesHeight;

/** Holds the cell in focus, moves it by keys and clicks, and opens it. */
export function useGridFocus(options: {
  layout: GridLayout;
  /** -1 if no run is selected. */
  selectedColumn: number;
  onSelect(selection: { run: string; step?: string }): void;
}) {
  const { layout, selectedColumn, onSelect } = options;
  const [focus, setFocus] = useState<CellPosition>();
  const [hasFocus, setHasFocus] = useState(false);
  const size = { columns: layout.columns.length, rows: layout.rows.length };
  const initialColumn = selectedColumn < 0 ? size.columns - 1 : selectedColumn;
  const cell = clampCell(focus ?? { column: initialColumn, row: -1 }, size);

  const open = ({ column, row }: CellPosition) => {
    const { run } = layout.columns[column];
    onSelect({ run: run.id, step: layout.rows[row]?.steps.get(run.id)?.id });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(cell);
      return;
    }
    const next = moveCell(cell, event.key, size);
    if (next) {
      event.preventDefault();
      setFocus(next);
    }
  };

  const onClick = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top - headHeight;
    const found = findCell(layout, { x, y });
    if (!found) return;
    setFocus(found);
    open(found);
  };

  const handlers = {
    onKeyDown,
    onFocus: () => setHasFocus(true),
    onBlur: () => setHasFocus(false),
  };
  return { cell, hasFocus, handlers, onClick };
}
