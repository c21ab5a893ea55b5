import type { Run } from '@data-lake/plugin-data-lake-common';
import { useMemo, useState } from 'react';
import { layoutGrid } from './layoutGrid';
import { toRows } from './toRows';
import type { Row } from './toRows';

/** Lays out the rows of the grid; folded, only the failed steps of the selected run. */
export function useGridRows(options: {
  runs: readonly Run[];
  now: number;
  selected?: string;
}) {
  const { runs, now, selected } = options;
  const [wantsFolded, setFolded] = useState(true);
  const all = useMemo(() => toRows(runs), [runs]);
  const failed = all.filter(row => hasFailed(row, selected));
  const canFold = failed.length > 0 && failed.length < all.length;
  const folded = canFold && wantsFolded;
  const rows = folded ? failed : all;
  const layout = useMemo(
    () => layoutGrid({ runs, rows, now }),
    // Rows change with runs, selection and folding; compare them by key.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [runs, now, rows.map(row => row.key).join()],
  );
  return {
    layout,
    all: all.length,
    failed: failed.length,
    canFold,
    folded,
    setFolded,
  };
}

function hasFailed(row: Row, runId: string | undefined): boolean {
  return runId !== undefined && row.steps.get(runId)?.state === 'failed';
}
