import pLimit, { Limit } from 'p-limit';

/** Limits of concurrent requests, by the memory that their bodies take. */
export interface RequestLimits {
  /** Bodies up to `smallBytes`. */
  small: Limit;
  /** Larger bodies, up to a part. */
  large: Limit;
  /** Files that are sent in parts; each part also counts as a large body. */
  inParts: Limit;
}

/** In bytes. */
export const smallBytes = 1024 * 1024;

/** In milliseconds, for one body: 8 MiB over a slow line. */
export const putTimeout = 300_000;

/** Keeps bodies to about 100 MiB, over the 50 connections that the client keeps. */
export const createRequestLimits = (): RequestLimits => ({
  small: pLimit(40),
  large: pLimit(8),
  inParts: pLimit(2),
});
