export { uploadFiles } from './apply/uploadFiles';
export type { UploadOptions, Uploaded } from './apply/uploadFiles';
export { assertOwnBucket, toDestination } from './bucket/destination';
export {
  assertTaggedBucket,
  emptyBucket,
  holdsObjects,
  readBucketTags,
} from './bucket/ownedBuckets';
export { assertNoLinks } from './files/assertNoLinks';
export { collectFiles } from './files/collect';
export type { UploadFile } from './files/content';
export { Manifest } from './manifest/manifest';
export { isUnfinished, readState } from './manifest/state';
export { toReleasePrefix } from './plan/plan';
export { previewUpload } from './plan/previewUpload';
export type { UploadPreview } from './plan/previewUpload';
