/** A place in the grid; row -1 is the bar of the run. */
export interface Place {
  column: number;
  row: number;
}

/** Where a key leads from a place; nothing where the key is none of the grid's. */
export function movePlace(
  place: Place,
  key: string,
  size: { columns: number; rows: number },
): Place | undefined {
  const { column, row } = place;
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
