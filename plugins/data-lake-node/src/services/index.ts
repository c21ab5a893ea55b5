export { observeEnvironment, type ObserveOptions } from './observeEnvironment';
export { listMwaaEnvironments } from './mwaa/listMwaaEnvironments';
export { startDagRun, type DagRunRequest } from './mwaa/startDagRun';
export { toProblem } from './toProblem';
