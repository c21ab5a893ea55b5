import { useEffect, useLayoutEffect, useRef } from 'react';
import { grid } from './layoutGrid';

/** Scrolls the grid to its newest run at first, and then to the column in focus. */
export function useGridScroll(options: { columns: number; focused?: number }) {
  const { columns, focused } = options;
  const scroller = useRef<HTMLDivElement>(null);

  // Readers look for the newest run first, so wide grids open at their right end.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box) box.scrollLeft = box.scrollWidth;
  }, [columns]);

  useEffect(() => {
    const box = scroller.current;
    if (!box || focused === undefined) return;
    const x = focused * grid.column;
    if (x < box.scrollLeft) box.scrollLeft = x;
    const right = x + grid.column - box.clientWidth;
    if (right > box.scrollLeft) box.scrollLeft = right;
  }, [focused]);

  return scroller;
}
