import { Z } from '../inputs';

/** Output schema of resources that a stack has. */
export const stackResources = (z: Z) =>
  z.array(
    z.object({
      logicalId: z.string(),
      type: z.string(),
      physicalId: z.string().optional(),
    }),
  );

/** Output schema of resources that a deployment would change. */
export const previewedResources = (z: Z) =>
  z.array(
    z.object({
      logicalId: z.string(),
      type: z.string(),
      physicalId: z.string().optional(),
      does: z.enum([
        'added',
        'adopted',
        'changed',
        'perhaps replaced',
        'replaced',
        'removed',
      ]),
      properties: z.array(
        z.object({
          path: z.string(),
          before: z.string().optional(),
          after: z.string().optional(),
          replaces: z.boolean().optional(),
        }),
      ),
      former: z.enum(['deleted', 'kept', 'kept as a snapshot']).optional(),
      stateful: z.boolean(),
      unprotected: z.boolean().optional(),
      drifted: z.boolean().optional(),
    }),
  );

/** Output schema of permissions that a deployment would add. */
export const broaderPermissions = (z: Z) =>
  z.array(
    z.object({
      logicalId: z.string(),
      type: z.string(),
      of: z.enum(['iam', 'network']),
      text: z.string(),
    }),
  );

/** Output schema of the fixed monthly cost of a stack. */
export const monthlyCost = (z: Z) =>
  z.object({
    usdPerMonth: z.number(),
    change: z.number(),
    items: z.array(
      z.object({
        logicalId: z.string(),
        type: z.string(),
        usdPerMonth: z.number(),
        basis: z.string(),
      }),
    ),
    unknown: z.array(
      z.object({ logicalId: z.string(), type: z.string(), why: z.string() }),
    ),
    pricesOf: z.string(),
    asOf: z.string(),
  });
