export { collectFiles } from './collect';
export { assertOwnBucket } from './destination';
export { Manifest } from './manifest';
export * from './plan';
export * from './uploadFiles';
