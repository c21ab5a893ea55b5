/**
 * Pages of AWS data lakes for the new frontend system; the former one is served by `./legacy`.
 *
 * @packageDocumentation
 */

export { dataLakePlugin as default } from './plugin';
export * from './api';
export { dataLakeTranslationRef } from './translation';
