import * as z from 'zod';

/** The types of integrations whose hosts take the repository of a data lake. @public */
export const codeHostTypes = [
  'azure',
  'bitbucketCloud',
  'gitea',
  'github',
  'gitlab',
] as const;

/** A host that the form offers for the repository of a data lake. @public */
export const CodeHost = z.object({
  /** Host of a `repoUrl`, such as `github.com`. */
  host: z.string(),
  /** What the form calls it. */
  title: z.string(),
  /** Type of its integration; `other`: a host without one, which asks for a repository's name alone. */
  type: z.enum([...codeHostTypes, 'other', 'unknown']).catch('unknown'),
  /** Organizations, groups or workspaces that may own the repository; empty: any. */
  owners: z.array(z.string()),
  /** Projects of Azure DevOps and Bitbucket that may have it; empty: any. */
  projects: z.array(z.string()),
  /** Whether the form asks the person for a token of the host. */
  asksForToken: z.boolean(),
});

/** @public */
export type CodeHost = z.infer<typeof CodeHost>;
