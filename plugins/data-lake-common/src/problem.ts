import * as z from 'zod';
import { ServiceId } from './services';

/**
 * A failure to read something: data beside the rest, never a failed page.
 *
 * @public
 */
export const Problem = z.object({
  service: ServiceId.catch('unknown'),
  health: z
    .enum({
      denied: 'denied',
      gone: 'gone',
      unknown: 'unknown',
      failed: 'failed',
    })
    .catch('unknown'),
  /** The attempt, the failure and the next step, in one line. */
  message: z.string(),
});

/** @public */
export type Problem = z.infer<typeof Problem>;
