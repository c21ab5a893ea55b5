import { Run } from '@data-lake/plugin-data-lake-common';
import { leftRunning, tell } from './dagRun';
import { DataLake } from './dataLake';
import { computeMarts, readMarts } from './marts';

/** The run succeeded, nothing of it is at work still, and its marts are what DuckDB makes of the raw files. */
export async function expectGreen(lake: DataLake, run: Run): Promise<void> {
  if (run.state !== 'succeeded') throw new Error(tell(run));
  expect(leftRunning(run)).toEqual([]);
  const [made, right] = [await readMarts(lake), await computeMarts(lake)];
  expect(made.top_rated_movies.length).toBeGreaterThan(0);
  expect(made).toEqual(right);
}
