import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import * as z from 'zod';

/** `dataLake.collect`: how often AWS is read. All in seconds. */
export const CollectConfig = z.object({
  /** Interval between two sweeps over all entities. */
  intervalSeconds: z.number().int().min(15).max(3_600).default(60),
  /** Age at which an open page has an environment observed again while a run is active. */
  activeSeconds: z.number().int().min(1).max(300).default(3),
  /** The same while no run is active. */
  idleSeconds: z.number().int().min(5).max(3_600).default(30),
  /** Limit of one observation. */
  timeoutSeconds: z.number().int().min(5).max(300).default(30),
  /** Entities that a sweep observes, at most. */
  maxEntities: z.number().int().min(1).max(10_000).default(1_000),
});

/** @see `CollectConfig` */
export type CollectConfig = z.infer<typeof CollectConfig>;

/** @throws InputError naming each key and the rule it breaks */
export function readCollectConfig(config: Config): CollectConfig {
  const parsed = CollectConfig.safeParse(
    config.getOptional('dataLake.collect') ?? {},
  );
  if (parsed.success) return parsed.data;
  throw new InputError(
    `Configuration dataLake.collect is wrong: ${z.prettifyError(parsed.error)}`,
  );
}
