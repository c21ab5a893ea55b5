/**
 * Pages of AWS data lakes for the new frontend system; `./legacy` has those for the legacy frontend system.
 *
 * @packageDocumentation
 */

export { dataLakePlugin as default } from './plugin';
export * from './api';
export { dataLakeTranslationRef } from './translation';
