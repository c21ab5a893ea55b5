export { assessHealth, type HealthAssessment } from './assessHealth';
export { findFirstFailure } from './findFirstFailure';
export { isActive } from './isActive';
export { joinRuns } from './joinRuns';
export { mergeRun } from './mergeRun';
export { executionTrigger, Run, Step, StepKind } from './run';
export { toPartOf, type PartOf, type RunLead, type RunPart } from './runPart';
