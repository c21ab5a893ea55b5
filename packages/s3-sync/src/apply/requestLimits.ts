import pLimit, { Limit } from 'p-limit';

/** How many requests go side by side, by how much memory their bodies take. */
export interface Lanes {
  /** Bodies up to {@link smallBytes}. */
  small: Limit;
  /** Larger bodies, up to a part. */
  large: Limit;
  /** Files that go in parts; each part is in the large lane. */
  inParts: Limit;
}

/** In bytes. */
export const smallBytes = 1024 * 1024;

/** In milliseconds, for one body: 8 MiB over a slow line. */
export const putTimeout = 300_000;

/** About 100 MiB of bodies at most, over the 50 connections that the client keeps. */
export const toLanes = (): Lanes => ({
  small: pLimit(40),
  large: pLimit(8),
  inParts: pLimit(2),
});
