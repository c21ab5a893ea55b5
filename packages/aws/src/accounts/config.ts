import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import * as z from 'zod';

const accountId = z
  .string()
  .regex(
    /^\d{12}$/,
    'must be 12 digits, in quotes so that YAML keeps its zeros',
  );

const Reach = z.strictObject({
  allowedPrincipals: z.array(z.string()).optional(),
  allowedManagedPolicies: z.array(z.string()).optional(),
  attachableRoles: z.array(z.string()).optional(),
  passableRoles: z.array(z.string()).optional(),
  allowedDynamicReferences: z.array(z.string()).optional(),
  allowedResources: z.array(z.string()).optional(),
  allowedEndpoints: z.array(z.string()).optional(),
  allowedImports: z.array(z.string()).optional(),
});

const AccountConfig = z.object({
  id: accountId,
  name: z.string().optional(),
  regions: z.array(z.string()).min(1),
  owners: z.array(z.string()).optional(),
  serviceRoleArn: z.string().optional(),
  permissionsBoundaryArn: z.string().optional(),
  reach: Reach.optional(),
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
});

/**
 * The configuration under `awsDeploy`; config.d.ts explains the keys.
 *
 * @public
 */
export const AwsDeployConfig = z
  .object({
    accounts: z.array(AccountConfig).default([]),
    endpoints: z.record(z.string(), z.url()).default({}),
    allowedResourceTypes: z.array(z.string()).optional(),
    allowedMacros: z.array(z.string()).optional(),
    serviceRoleArn: z.string().optional(),
    permissionsBoundaryArn: z.string().optional(),
    reach: Reach.optional(),
  })
  .transform(config => ({ ...config, settingNames }));

/** Names by which errors refer to the rules for templates. */
const settingNames = {
  allowedResourceTypes: 'awsDeploy.allowedResourceTypes',
  allowedMacros: 'awsDeploy.allowedMacros',
};

/** @public */
export type AwsDeployConfig = z.infer<typeof AwsDeployConfig>;

/**
 * Reads the configuration under `awsDeploy`.
 *
 * @throws InputError that names each wrong key and the rule it breaks
 * @public
 */
export function readAwsDeployConfig(config: Config): AwsDeployConfig {
  const result = AwsDeployConfig.safeParse(
    config.getOptional('awsDeploy') ?? {},
  );
  if (result.success) return result.data;
  const problems = result.error.issues
    .map(
      ({ path, message }) => `${['awsDeploy', ...path].join('.')}: ${message}`,
    )
    .join('; ');
  throw new InputError(`Invalid configuration: ${problems}`);
}
