import { isEnded } from '../state';
import { Run } from './run';

/**
 * Whether a run may still change. A late run that has an end is over, though its state stays `late`.
 *
 * @public
 */
export function isActive(run: Pick<Run, 'state' | 'endedAt'>): boolean {
  return !isEnded(run.state) && run.endedAt === undefined;
}
