import * as z from 'zod';

/** Body of `POST …/runs`. @public */
export const RunRequest = z.object({
  conf: z.record(z.string(), z.unknown()).default({}),
  /** Chosen by the client, so that a repeated request starts one run only. `<yyyymmdd>T<hhmmss>-<4 hex>` */
  runId: z.string().regex(/^\d{8}T\d{6}-[0-9a-f]{4}$/),
});

/** @public */
export type RunRequest = z.infer<typeof RunRequest>;
