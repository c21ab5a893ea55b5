import { Run, Step } from './run';

/**
 * One service's part of a run, before it is joined with the parts of the other services.
 *
 * @public
 */
export interface RunPart {
  partOf: PartOf;
  /** Present on a part that is a run by itself: a DAG run or an execution. */
  lead?: RunLead;
  /** Parents before their children; the first has no parent here. */
  steps: Step[];
}

/**
 * The run that a part belongs to: the one with this id, or with this key where the service knows no more, the
 * one whose execution was at work when the part started (a crawl carries no key), or none (started by hand).
 *
 * @public
 */
export type PartOf =
  | { runId: string }
  | { runKey: string }
  | 'by time'
  | 'none';

/** What the leading part says of the run as a whole. @public */
export type RunLead = Pick<
  Run,
  'id' | 'state' | 'trigger' | 'queuedAt' | 'consoleUrl'
>;

/** The run of this id, else of this key; none without both. @public */
export function toPartOf(of: { runId?: string; runKey?: string }): PartOf {
  if (of.runId) return { runId: of.runId };
  return of.runKey ? { runKey: of.runKey } : 'none';
}
