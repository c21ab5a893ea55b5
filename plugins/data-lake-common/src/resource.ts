import * as z from 'zod';
import { ServiceId } from './services';
import { Health } from './state';
import { Timestamp } from './timestamp';

/**
 * One resource of the stacks, or a table that a crawler made, as its service describes it now.
 *
 * @public
 */
export const ObservedResource = z.object({
  service: ServiceId.catch('unknown'),
  /** CloudFormation type (`AWS::Glue::Job`), or the nearest word if the stack does not own it (`AWS::Glue::Table`). */
  type: z.string(),
  /** The physical id: name or ARN. Unique within its type. */
  id: z.string(),
  name: z.string(),
  health: Health.catch('unknown'),
  /** The service's own word for its state, such as `CREATE_COMPLETE` or `READY`. */
  status: z.string(),
  /** The service's reason for the state, if it gives one. */
  reason: z.string().optional(),
  /** Facts worth a line, in reading order: label and text. */
  facts: z.array(z.object({ label: z.string(), text: z.string() })),
  updatedAt: Timestamp.optional(),
  consoleUrl: z.string().optional(),
});

/** @public */
export type ObservedResource = z.infer<typeof ObservedResource>;
