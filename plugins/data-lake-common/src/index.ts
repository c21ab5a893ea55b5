/**
 * The contract of the data lake plugins and the domain of runs: types, schemas and pure functions; no SDK,
 * no Node, no React.
 *
 * @packageDocumentation
 */

export * from './account';
export * from './annotations';
export * from './check';
export * from './environment';
export * from './names';
export * from './observation';
export * from './ownership';
export * from './permissions';
export * from './pipeline';
export * from './preview';
export * from './problem';
export * from './project';
export * from './resource';
export * from './run';
export * from './runRequest';
export * from './services';
export * from './state';
export * from './templates';
