import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { RunState, Step } from '@data-lake/plugin-data-lake-common';
import { toTimestamp } from '../toTimestamp';

/**
 * Converts the history of an execution to its states: one step for each name, however often a loop entered
 * it. `attempt` counts the tries of the last time. Inside a Map there is one step for each item: `Start [0]`,
 * `Start [1]`.
 *
 * @param events - the history, oldest first
 * @param execution - the step that they are part of
 */
export function toStates(events: HistoryEvent[], execution: Step): Step[] {
  const states = new Map<string, Entered>();
  const byEvent = new Map<number, Entered>();
  const items = new Map<number, Item>();
  for (const event of events) {
    const type = event.type ?? '';
    const item = toItem({ event, type, items, byEvent });
    if (item) items.set(event.id!, item);
    const suffix = item ? ` [${item.index}]` : '';
    const entered = event.stateEnteredEventDetails?.name;
    const name = entered && `${entered}${suffix}`;
    if (type.endsWith('StateEntered') && name) {
      enter(states, name, event);
    }
    const state = name
      ? states.get(name)
      : endedMap({ event, type, items }) ??
        find({ event, type, states, byEvent, suffix });
    if (!state) continue;
    byEvent.set(event.id!, state);
    if (!itemEnded.test(type)) apply(state, type, event);
  }
  return [...states.values()].map(state => toStep(state, execution));
}

/** A running item of a Map; its events point back to its start. */
interface Item {
  index: number;
  map?: Entered;
}

const itemEnded = /^MapIteration(Succeeded|Failed|Aborted)$/;

function toItem(options: {
  event: HistoryEvent;
  type: string;
  items: Map<number, Item>;
  byEvent: Map<number, Entered>;
}): Item | undefined {
  const { event, type, items, byEvent } = options;
  const before = event.previousEventId ?? 0;
  if (type === 'MapIterationStarted') {
    const index = event.mapIterationStartedEventDetails?.index ?? 0;
    return { index, map: byEvent.get(before) };
  }
  return itemEnded.test(type) ? undefined : items.get(before);
}

/** Events after the end of an item belong to the Map, not to the last state inside it. */
function endedMap(options: {
  event: HistoryEvent;
  type: string;
  items: Map<number, Item>;
}): Entered | undefined {
  const { event, type, items } = options;
  return itemEnded.test(type)
    ? items.get(event.previousEventId ?? 0)?.map
    : undefined;
}

interface Entered {
  name: string;
  /** Of its last time: a loop that comes again is no retry. */
  failures: number;
  startedAt?: string;
  endedAt?: string;
  state: RunState;
  status: string;
  error?: string;
}

function enter(
  states: Map<string, Entered>,
  name: string,
  event: HistoryEvent,
) {
  const before = states.get(name);
  states.set(name, {
    name,
    failures: 0,
    startedAt: before?.startedAt ?? toTimestamp(event.timestamp),
    state: 'running',
    status: 'Entered',
  });
}

/** Events name their state when it is left; all others only point to the event before them. */
function find(options: {
  event: HistoryEvent;
  type: string;
  states: Map<string, Entered>;
  byEvent: Map<number, Entered>;
  suffix: string;
}): Entered | undefined {
  const { event, type, states, byEvent, suffix } = options;
  const exited = event.stateExitedEventDetails?.name;
  if (type.endsWith('StateExited') && exited) {
    return states.get(`${exited}${suffix}`);
  }
  const before = byEvent.get(event.previousEventId ?? 0);
  if (before) return before;
  // An emulator may not link its events: then the state entered last is the only guess.
  return event.previousEventId ? undefined : [...states.values()].pop();
}

const failures = /(Failed|TimedOut|Aborted)$/;
const successes = /(Succeeded|StateSucceeded)$/;

function apply(state: Entered, type: string, event: HistoryEvent) {
  if (type === 'FailStateEntered') {
    // It has no exit event; inside a Map no other event reports the failure.
    state.state = 'failed';
    state.status = type;
    state.endedAt = toTimestamp(event.timestamp);
  } else if (type.endsWith('StateExited')) {
    state.endedAt = toTimestamp(event.timestamp);
    // Left after a failure: a Catch took over.
    if (state.state === 'running') state.state = 'succeeded';
    state.status = state.state === 'failed' ? 'Caught' : 'Exited';
  } else if (failures.test(type)) {
    state.state = type.endsWith('Aborted') ? 'cancelled' : 'failed';
    state.failures += 1;
    state.status = type;
    state.error = toError(event) ?? state.error;
    state.endedAt = toTimestamp(event.timestamp);
  } else if (successes.test(type) && !type.startsWith('Execution')) {
    // A retry went well.
    state.state = 'running';
    state.error = undefined;
    state.endedAt = undefined;
  }
}

/** Every failure has details of its own, all with `error` and `cause`. */
function toError(event: HistoryEvent): string | undefined {
  const details = Object.values(event).find(
    value => typeof value === 'object' && value !== null && 'cause' in value,
  ) as { error?: string; cause?: string } | undefined;
  return details && joinError(details.error, details.cause);
}

/** `States.TaskFailed`, `no space` → `States.TaskFailed: no space` */
export function joinError(error?: string, cause?: string): string | undefined {
  return [error, cause].filter(Boolean).join(': ') || undefined;
}

function toStep(state: Entered, execution: Step): Step {
  const over = execution.endedAt !== undefined;
  const left = state.state === 'running' && over;
  return {
    id: `stepfunctions:state:${execution.name}/${state.name}`,
    parent: execution.id,
    service: 'stepfunctions',
    kind: 'state',
    name: state.name,
    // The execution is over and this state was never left: it ended with it.
    state: left ? endOfOpenState(execution.state) : state.state,
    status: state.status,
    startedAt: state.startedAt,
    endedAt: left ? execution.endedAt : state.endedAt,
    attempt: Math.max(
      1,
      state.state === 'failed' ? state.failures : state.failures + 1,
    ),
    error: state.error,
    consoleUrl: execution.consoleUrl,
  };
}

function endOfOpenState(execution: RunState): RunState {
  return execution === 'succeeded' ? 'succeeded' : 'cancelled';
}
