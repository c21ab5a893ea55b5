/**
 * The backend of the data lake pages.
 *
 * @packageDocumentation
 */

export { dataLakePlugin as default } from './plugin';
