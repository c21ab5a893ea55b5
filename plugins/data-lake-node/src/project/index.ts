export * from './deployment';
export * from './read';
