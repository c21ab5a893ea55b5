import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import * as z from 'zod';

const Names = z.array(z.string().min(1)).default([]);

/** `dataLake.repositories`: where new repositories may be, and how they are set up. @public */
export const RepositoriesConfig = z.strictObject({
  /** Hosts that the form offers, and no others; absent: every integration that has a credential. */
  hosts: z
    .array(
      z.strictObject({
        host: z.string().min(1),
        /** What the form calls it; default the host. */
        title: z.string().min(1).optional(),
        /** Organizations, groups or workspaces that may own a repository; empty: any. */
        owners: Names,
        /** Projects of Azure DevOps and Bitbucket that may have one; empty: any. */
        projects: Names,
        /** Whether the form asks for the person's own token; default where they can sign in to that host. */
        userToken: z.boolean().optional(),
      }),
    )
    .optional(),
  /** What the main branch demands of a change. */
  mainBranch: z
    .enum({ pullRequest: 'pull-request', none: 'none' })
    .default('pull-request'),
  /** Whether the task registers the repository; false: the catalog discovers repositories by itself. */
  register: z.boolean().default(true),
});

/** @public */
export type RepositoriesConfig = z.infer<typeof RepositoriesConfig>;

/**
 * Reads `dataLake.repositories`.
 *
 * @throws InputError that names each key and the rule it breaks
 * @public
 */
export function readRepositoriesConfig(
  config: RootConfigService,
): RepositoriesConfig {
  const parsed = RepositoriesConfig.safeParse(
    config.getOptional('dataLake.repositories') ?? {},
  );
  if (parsed.success) return parsed.data;
  throw new InputError(
    `Configuration dataLake.repositories is wrong: ${z.prettifyError(
      parsed.error,
    )}`,
  );
}
