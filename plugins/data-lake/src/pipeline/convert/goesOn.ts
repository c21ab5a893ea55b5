import { isEnded } from '@data-lake/plugin-data-lake-common';
import type { Run } from '@data-lake/plugin-data-lake-common';

/** Whether a run is under way. One that was late and is over has an end, though its state stays late. */
export function goesOn(run: Run): boolean {
  return !isEnded(run.state) && run.endedAt === undefined;
}
