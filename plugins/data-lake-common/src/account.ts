import * as z from 'zod';

/** An account that a person's groups may deploy to. @public */
export const Account = z.object({
  id: z.string(),
  name: z.string(),
  regions: z.array(z.string()),
});

/** @public */
export type Account = z.infer<typeof Account>;

/** An MWAA environment as the form offers it. @public */
export const MwaaEnvironment = z.object({
  name: z.string(),
  status: z.string(),
  airflowVersion: z.string(),
});

/** @public */
export type MwaaEnvironment = z.infer<typeof MwaaEnvironment>;
