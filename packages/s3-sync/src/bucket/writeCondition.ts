/** What a key must hold for a write to take effect; S3 checks it with the write. */
export type WriteCondition = { IfMatch: string } | { IfNoneMatch: '*' };

/** Requires the object that has this ETag, or none. */
export const toWriteCondition = (etag: string | undefined): WriteCondition =>
  etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };

/** Tells whether a write failed because its condition did not hold. */
export function isConditionFailed(error: unknown): boolean {
  const { name, $metadata } = error as {
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  return (
    name === 'PreconditionFailed' ||
    name === 'ConditionalRequestConflict' ||
    $metadata?.httpStatusCode === 412 ||
    // the object that If-Match names was deleted
    (name === 'NoSuchKey' && $metadata?.httpStatusCode === 404)
  );
}
