/**
 * Types and schemas shared by the data lake plugins: no SDK, no Node, no React.
 *
 * @packageDocumentation
 */

export * from './annotations';
export * from './check';
export * from './names';
export * from './permissions';
export * from './pipeline';
export * from './preview';
export * from './project';
export * from './services';
export * from './state';
export * from './templates';
