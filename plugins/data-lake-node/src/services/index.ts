export type {
  Observation,
  ObserveContext,
  Schedule,
  ServiceAdapter,
  Stack,
  StackResource,
  Trace,
  TracedRun,
} from './adapter';
export * from './environment';
export { findFirstFailure } from './firstFailure';
export { joinRuns } from './join';
export { listMwaaEnvironments } from './mwaa/environments';
export { triggerDagRun, type DagRunRequest } from './mwaa/trigger';
export { adapters } from './registry';
export { hasActiveRun, judge, type Known, type Verdict } from './verdict';
export { problemHealth, toLine } from './reading';
