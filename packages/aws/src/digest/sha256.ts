import { createHash } from 'node:crypto';

/** Computes a SHA-256 digest, in hex. @public */
export const sha256 = (bytes: Buffer | string): string =>
  createHash('sha256').update(bytes).digest('hex');
