/**
 * Everything that speaks to AWS: clients, deployments, uploads, and one adapter a service.
 *
 * @packageDocumentation
 */

export * from './aws';
export * from './services';
export * from './deploy';
export * from './upload';
export * from './project';
export * from './verify';
