export * from './deployStack';
export { endsOperation, findCause, isSuccess, listEvents } from './events';
export type { StackEvent } from './events';
export * from './plan';
export * from './request';
export { defaultAllowedResourceTypes } from './resourceTypes';
export * from './stack';
export * from './template';
