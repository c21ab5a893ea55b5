/** The position of a cell in the grid; row -1 is the bar of the run. */
export interface CellPosition {
  column: number;
  row: number;
}

/** Returns the cell that a key leads to; nothing if the grid does not use the key. */
export function moveCell(
  cell: CellPosition,
  key: string,
  size: { columns: number; rows: number },
): CellPosition | undefined {
  const { column, row } = cell;
  const lastColumn = size.columns - 1;
  switch (key) {
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'ArrowUp':
      return { column, row: Math.max(-1, row - 1) };
    case 'ArrowDown':
      return { column, row: Math.min(size.rows - 1, row + 1) };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: lastColumn };
    default:
      return undefined;
  }
}

/** Keeps a cell within a grid that may have become smaller. */
export function clampCell(
  cell: CellPosition,
  size: { columns: number; rows: number },
): CellPosition {
  return {
    column: Math.max(0, Math.min(cell.column, size.columns - 1)),
    row: Math.min(cell.row, size.rows - 1),
  };
}
