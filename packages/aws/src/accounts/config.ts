import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import * as z from 'zod';

/** `aws.endpoints`: where AWS is, for a local AWS; `default` for all services without an own one. */
const Endpoints = z.record(z.string(), z.url()).default({});

const AccountId = z
  .string()
  .regex(
    /^\d{12}$/,
    'must be 12 digits, in quotes so that YAML keeps its zeros',
  );

/**
 * The configuration under `dataLake`, as this package reads it.
 *
 * @public
 */
export const DataLakeConfig = z.object({
  accounts: z
    .array(
      z.object({
        id: AccountId,
        name: z.string().optional(),
        regions: z.array(z.string()).min(1),
        owners: z.array(z.string()).optional(),
        serviceRoleArn: z.string().optional(),
        permissionsBoundaryArn: z.string().optional(),
        stackNamePrefixes: z
          .array(
            z.object({
              owner: z.string().optional(),
              prefixes: z.array(z.string().min(1)).min(1),
            }),
          )
          .optional(),
        sharedBuckets: z.array(z.string()).optional(),
        templateBucket: z.string().optional(),
      }),
    )
    .default([]),
  aws: z.object({ endpoints: Endpoints }).default({ endpoints: {} }),
  deploy: z
    .object({
      allowedResourceTypes: z.array(z.string()).optional(),
      allowedMacros: z.array(z.string()).optional(),
      serviceRoleArn: z.string().optional(),
      permissionsBoundaryArn: z.string().optional(),
    })
    .default({}),
  skeleton: z.object({ path: z.string().optional() }).default({}),
});

/** @public */
export type DataLakeConfig = z.infer<typeof DataLakeConfig>;

/**
 * Reads the configuration under `dataLake` once, at the border.
 *
 * @throws InputError naming each key and the rule it breaks
 * @public
 */
export function readDataLakeConfig(config: Config): DataLakeConfig {
  const result = DataLakeConfig.safeParse(config.getOptional('dataLake') ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues
    .map(({ path, message }) => `dataLake.${path.join('.')}: ${message}`)
    .join('; ');
  throw new InputError(`Configuration is wrong: ${problems}`);
}
