import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import * as z from 'zod';

/** `dataLake.access`: who may do what, besides the permissions. @public */
export const AccessConfig = z.strictObject({
  /** Who may start a run: members of the entity's owner, or anyone who has the permission. */
  run: z.enum({ owner: 'owner', anyone: 'anyone' }).default('owner'),
});

/** @public */
export type AccessConfig = z.infer<typeof AccessConfig>;

/**
 * Reads `dataLake.access`.
 *
 * @throws InputError that names each key and the rule it breaks
 * @public
 */
export function readAccessConfig(config: RootConfigService): AccessConfig {
  const parsed = AccessConfig.safeParse(
    config.getOptional('dataLake.access') ?? {},
  );
  if (parsed.success) return parsed.data;
  throw new InputError(
    `Configuration dataLake.access is wrong: ${z.prettifyError(parsed.error)}`,
  );
}
