/** Pipelines in every state that the page shows, for the tests and the development app. */
export * from './entities';
export * from './pipelines';
export * from './previews';
export { makeRun } from './runs';
