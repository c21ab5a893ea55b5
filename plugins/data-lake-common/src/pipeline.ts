import * as z from 'zod';
import { Problem } from './problem';
import { ObservedResource } from './resource';
import { Run } from './run/run';
import { Health } from './state';
import { Timestamp } from './timestamp';

/** One rule of the health of an environment, and its result. @public */
export const HealthRule = z.object({
  name: z
    .enum({
      run: 'run',
      freshness: 'freshness',
      stacks: 'stacks',
      resources: 'resources',
      unknown: 'unknown',
    })
    .catch('unknown'),
  health: Health.catch('unknown'),
  text: z.string(),
});

/** @public */
export type HealthRule = z.infer<typeof HealthRule>;

/** Whether the caller may do something now, and the reason if not. @public */
export const Action = z.object({
  allowed: z.boolean(),
  reason: z.string().optional(),
});

/** @public */
export type Action = z.infer<typeof Action>;

/**
 * One environment of a pipeline as last observed.
 *
 * @public
 */
export const EnvironmentStatus = z.object({
  name: z.string(),
  account: z.string(),
  accountName: z.string().optional(),
  region: z.string(),
  /** Newest complete observation; absent before the first. */
  observedAt: Timestamp.optional(),
  /** Whether an observation is running. */
  observing: z.boolean(),
  health: Health.catch('unknown'),
  /** The reason for the health, in words that follow the word of the health: `last run 12 m ago`. */
  reason: z.string(),
  rules: z.array(HealthRule),
  resources: z.array(ObservedResource),
  /** Newest first, 40 at most. */
  runs: z.array(Run),
  problems: z.array(Problem),
  /** The actions that the caller may take here now. */
  actions: z.object({ run: Action, deploy: Action, delete: Action }),
});

/** @public */
export type EnvironmentStatus = z.infer<typeof EnvironmentStatus>;

/**
 * The environments of an entity, as the Pipeline tab shows them.
 *
 * @public
 */
export const Pipeline = z.object({
  entityRef: z.string(),
  environments: z.array(EnvironmentStatus),
});

/** @public */
export type Pipeline = z.infer<typeof Pipeline>;
