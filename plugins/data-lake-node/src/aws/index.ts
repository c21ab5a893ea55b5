export * from './accounts';
export { CallCounter } from './calls';
export type { AwsClients } from './clients';
export * from './config';
export * from './console';
export * from './errors';
export * from './factory';
export * from './mwaaRestApi';
export { ClientSettings } from './settings';
