export * from './checkPlace';
export * from './deployment';
export * from './mwaaEnvironment';
export * from './read';
