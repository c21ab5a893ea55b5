/**
 * Scaffolder actions that deploy, upload and render AWS data lakes.
 *
 * @packageDocumentation
 */

export { scaffolderModuleDataLake as default } from './module';
