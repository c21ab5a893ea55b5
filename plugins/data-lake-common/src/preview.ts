import * as z from 'zod';

/** One property of a resource, or a part of one, that a deployment changes. @public */
export const PropertyChange = z.object({
  /** Its path, such as `DefaultArguments / --release`; in a list its name, or its number from 1. */
  path: z.string(),
  /**
   * In one line, shortened around the first difference; a secret is `****`. Both are absent where only
   * CloudFormation knows them, one where the property was not there or goes.
   */
  before: z.string().optional(),
  after: z.string().optional(),
  /** The resource is replaced for it. */
  replaces: z.boolean().optional(),
});

/** @public */
export type PropertyChange = z.infer<typeof PropertyChange>;

/** What a deployment does to one resource. @public */
export const PreviewedResource = z.object({
  logicalId: z.string(),
  type: z.string(),
  /** Absent where it is not there yet. */
  physicalId: z.string().optional(),
  /** `perhaps replaced`: CloudFormation decides when it deploys. */
  does: z.enum(['added', 'changed', 'perhaps replaced', 'replaced', 'removed']),
  /** Of one that is changed or replaced, what changes. */
  properties: z.array(PropertyChange),
  /** What becomes of the one that is removed or replaced. */
  former: z.enum(['deleted', 'kept', 'kept as a snapshot']).optional(),
  /** Whether it holds what a template cannot make again. */
  stateful: z.boolean(),
  /** A policy kept it where it is deleted or replaced, and keeps it no more. */
  unprotected: z.boolean().optional(),
  /** It was changed, or deleted, outside CloudFormation; told where drift is reverted. */
  drifted: z.boolean().optional(),
});

/** @public */
export type PreviewedResource = z.infer<typeof PreviewedResource>;

/**
 * Whether a deployment takes away what a resource holds, or what keeps it.
 *
 * @public
 */
export function isEndangered(
  resource: Pick<PreviewedResource, 'stateful' | 'does' | 'unprotected'>,
): boolean {
  const { stateful, does, unprotected = false } = resource;
  return stateful && (unprotected || (does !== 'added' && does !== 'changed'));
}

/** A permission that is there after a deployment and was not before. @public */
export const BroaderPermission = z.object({
  logicalId: z.string(),
  type: z.string(),
  of: z.enum(['iam', 'network']),
  /** What may be done now, in one line. */
  text: z.string(),
});

/** @public */
export type BroaderPermission = z.infer<typeof BroaderPermission>;

/** What a stack costs a month after a deployment, without use, in US dollars at list prices. @public */
export const CostPreview = z.object({
  usdPerMonth: z.number(),
  /** How much more, or less, than what is there now. */
  change: z.number(),
  items: z.array(
    z.object({
      logicalId: z.string(),
      type: z.string(),
      usdPerMonth: z.number(),
      /** How it comes to that, in one line. */
      basis: z.string(),
    }),
  ),
  /** What has a cost that is not known; it counts as nothing in the sum. */
  unknown: z.array(
    z.object({ logicalId: z.string(), type: z.string(), why: z.string() }),
  ),
  /** The region of the prices, which is not always the stack's. */
  pricesOf: z.string(),
  /** The day of the prices, such as `2026-11-27`. */
  asOf: z.string(),
});

/** @public */
export type CostPreview = z.infer<typeof CostPreview>;

/** What a deployment would do to one stack. @public */
export const StackPreview = z.object({
  /** As `project.yaml` names it, such as `foundations`. */
  name: z.string(),
  stackName: z.string(),
  does: z.enum(['create', 'update', 'replace', 'nothing']),
  /** Names exactly this change: the deployment executes no other. */
  digest: z.string(),
  resources: z.array(PreviewedResource),
  /** Permissions that are there afterwards and were not before; of a new stack, all. */
  broader: z.array(BroaderPermission.pick({ logicalId: true, text: true })),
  cost: CostPreview.optional(),
  /** Bytes; CloudFormation takes 1,048,576. */
  templateBytes: z.number().int(),
  /** Of a stack that is there. */
  terminationProtection: z.boolean().optional(),
  /** Of a stack that is there: what the newest drift detection found, such as `NOT_CHECKED`. */
  drift: z.string().optional(),
  /** Absent where there is no stack yet. */
  consoleUrl: z.string().optional(),
});

/** @public */
export type StackPreview = z.infer<typeof StackPreview>;

/** What an upload would do to one prefix of a bucket; paths are below the prefix. @public */
export const UploadPreview = z.object({
  /** `s3://bucket/prefix/`; the prefix alone where a stack is still to make the bucket. */
  place: z.string(),
  uploaded: z.array(z.string()),
  deleted: z.array(z.string()),
  /** So many that it looks like a mistake: the deployment wants a yes to it. */
  deletesMany: z.boolean(),
  /** Number of files. */
  unchanged: z.number().int(),
});

/** @public */
export type UploadPreview = z.infer<typeof UploadPreview>;

/**
 * What deploying an environment from its repository would do. Answer of `POST …/deployment-preview`.
 *
 * @public
 */
export const DeploymentPreview = z.object({
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  /** Of the repository, where its host tells it. */
  commit: z.string().optional(),
  /** In the order in which they are deployed. */
  stacks: z.array(StackPreview),
  uploads: z.array(UploadPreview),
});

/** @public */
export type DeploymentPreview = z.infer<typeof DeploymentPreview>;

/** A resource as a stack holds it. @public */
export const StackResource = z.object({
  logicalId: z.string(),
  type: z.string(),
  physicalId: z.string().optional(),
});

/** @public */
export type StackResource = z.infer<typeof StackResource>;

/** What is asked of `POST …/deletion-preview`; its body may be absent. @public */
export const DeletionRequest = z.object({
  /** As if what would outlive the stacks went too; the repository must say `removable: true`. */
  removeData: z.boolean().optional(),
});

/** @public */
export type DeletionRequest = z.infer<typeof DeletionRequest>;

/**
 * What tearing an environment down would remove and leave. Answer of `POST …/deletion-preview`.
 *
 * @public
 */
export const DeletionPreview = z.object({
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  /** The project's name, which confirms. */
  confirm: z.string(),
  /** In the order in which they are deleted. */
  stacks: z.array(
    z.object({
      name: z.string(),
      /** CloudFormation's word, or `NOT_THERE`. */
      status: z.string(),
      goes: z.array(StackResource),
      /** Outlives the stack, by its deletion policy. */
      stays: z.array(StackResource),
      /** Buckets that go and hold objects: the stack is deleted only where these may be emptied. */
      fullBuckets: z.array(z.string()),
    }),
  ),
  /** The DAG's files, below `place`; absent where MWAA's bucket is not known any more. */
  dags: z.object({ place: z.string(), files: z.array(z.string()) }).optional(),
});

/** @public */
export type DeletionPreview = z.infer<typeof DeletionPreview>;
