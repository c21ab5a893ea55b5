/**
 * Everything that speaks to AWS: clients, deployments, uploads, and one adapter a service.
 *
 * @packageDocumentation
 */

export * from './access';
export * from './services';

export * from './project';
export * from './verify';
