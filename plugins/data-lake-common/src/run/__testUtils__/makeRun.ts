import { Run, Step, StepKind } from '../run';

/** A step of id `<service>:<kind>:<name>`, done unless told otherwise; `from` and `to` are seconds. */
export function makeStep(
  id: string,
  more: Partial<Step> & { from?: number; to?: number } = {},
): Step {
  const [service, kind, name] = id.split(':');
  const { from, to, ...rest } = more;
  return {
    id,
    service: service as Step['service'],
    kind: kind as StepKind,
    name,
    state: 'succeeded',
    status: 'DONE',
    startedAt: from === undefined ? undefined : toTime(from),
    endedAt: to === undefined ? undefined : toTime(to),
    ...rest,
  };
}

export function makeRun(steps: Step[], more: Partial<Run> = {}): Run {
  return { id: 'r', state: 'running', trigger: 'manual', steps, ...more };
}

export const toTime = (second: number) =>
  new Date(Date.UTC(2026, 10, 22, 10, 0, second)).toISOString();
