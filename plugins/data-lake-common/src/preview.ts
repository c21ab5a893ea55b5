import * as z from 'zod';

/** One property of a resource, or a part of one, that a deployment changes. @public */
export const PropertyChange = z.object({
  /** Its path, such as `DefaultArguments / --release`; in a list its name, or its number from 1. */
  path: z.string(),
  /**
   * In one line, shortened around the first difference; a secret is `****`. Both are absent if only
   * CloudFormation knows them; one is absent if the property is added or removed.
   */
  before: z.string().optional(),
  after: z.string().optional(),
  /** Whether the change replaces the resource. */
  replaces: z.boolean().optional(),
});

/** @public */
export type PropertyChange = z.infer<typeof PropertyChange>;

/** The change that a deployment makes to one resource. @public */
export const PreviewedResource = z.object({
  logicalId: z.string(),
  type: z.string(),
  /** Absent if it does not exist yet. */
  physicalId: z.string().optional(),
  /** `adopted`: it is there, and the stack takes it over; `perhaps replaced`: CloudFormation decides. */
  does: z
    .enum([
      'added',
      'adopted',
      'changed',
      'perhaps replaced',
      'replaced',
      'removed',
      'unknown',
    ])
    .catch('unknown'),
  /** The changed properties of a changed or replaced resource. */
  properties: z.array(PropertyChange),
  /** The fate of the removed or replaced resource. */
  former: z
    .enum(['deleted', 'kept', 'kept as a snapshot', 'unknown'])
    .optional()
    .catch('unknown'),
  /** Whether it holds data that a template cannot recreate. */
  stateful: z.boolean(),
  /** Whether it loses the policy that keeps it when it is deleted or replaced. */
  unprotected: z.boolean().optional(),
  /** Whether it was changed or deleted outside CloudFormation; only if drift is reverted. */
  drifted: z.boolean().optional(),
});

/** @public */
export type PreviewedResource = z.infer<typeof PreviewedResource>;

/**
 * Whether a deployment deletes the data of a resource, or the policy that protects it.
 *
 * @public
 */
export function isEndangered(
  resource: Pick<PreviewedResource, 'stateful' | 'does' | 'unprotected'>,
): boolean {
  const { stateful, does, unprotected = false } = resource;
  const isSafe = ['added', 'adopted', 'changed'].includes(does);
  return stateful && (unprotected || !isSafe);
}

/** A permission that a deployment adds. @public */
export const BroaderPermission = z.object({
  logicalId: z.string(),
  type: z.string(),
  of: z.enum(['iam', 'network', 'unknown']).catch('unknown'),
  /** The permission, in one line. */
  text: z.string(),
  /** Whether it reaches beyond the stack's own resources: it needs permission in a new stack too. */
  farReaching: z.boolean().optional(),
});

/** @public */
export type BroaderPermission = z.infer<typeof BroaderPermission>;

/** Fixed monthly cost of a stack after a deployment, without use, in US dollars at list prices. @public */
export const CostPreview = z.object({
  usdPerMonth: z.number(),
  /** Difference to the present cost. */
  change: z.number(),
  items: z.array(
    z.object({
      logicalId: z.string(),
      type: z.string(),
      usdPerMonth: z.number(),
      /** The calculation, in one line. */
      basis: z.string(),
    }),
  ),
  /** Resources of unknown cost, which the sum leaves out. */
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

/** The changes that a deployment would make to one stack. @public */
export const StackPreview = z.object({
  /** As `project.yaml` names it, such as `foundations`. */
  name: z.string(),
  stackName: z.string(),
  does: z
    .enum(['create', 'update', 'replace', 'nothing', 'unknown'])
    .catch('unknown'),
  /** Identifies exactly this change: the deployment executes no other. */
  digest: z.string(),
  resources: z.array(PreviewedResource),
  /** Permissions that the deployment adds; of a new stack, all. */
  broader: z.array(
    BroaderPermission.pick({ logicalId: true, text: true, farReaching: true }),
  ),
  cost: CostPreview.optional(),
  /** Bytes; CloudFormation takes 1,048,576. */
  templateBytes: z.number().int(),
  /** Only of an existing stack. */
  terminationProtection: z.boolean().optional(),
  /** Only of an existing stack: the result of the last drift detection, such as `NOT_CHECKED`. */
  drift: z.string().optional(),
  /** Absent if the stack does not exist yet. */
  consoleUrl: z.string().optional(),
});

/** @public */
export type StackPreview = z.infer<typeof StackPreview>;

/** The difference that an upload makes to one prefix of a bucket; paths are below the prefix. @public */
export const UploadDiff = z.object({
  /** `s3://bucket/prefix/`; the prefix alone if the bucket does not exist yet. */
  destination: z.string(),
  uploaded: z.array(z.string()),
  deleted: z.array(z.string()),
  /** So many that it looks like a mistake: the deployment requires confirmation. */
  deletesMany: z.boolean(),
  /** Number of files. */
  unchanged: z.number().int(),
});

/** @public */
export type UploadDiff = z.infer<typeof UploadDiff>;

/**
 * The changes that a deployment of the repository would make. Answer of `POST …/deployment-preview`.
 *
 * @public
 */
export const DeploymentPreview = z.object({
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  /** Of the repository, if its host tells it. */
  commit: z.string().optional(),
  /** In the order in which they are deployed. */
  stacks: z.array(StackPreview),
  uploads: z.array(UploadDiff),
});

/** @public */
export type DeploymentPreview = z.infer<typeof DeploymentPreview>;

/** Names one resource of a stack. @public */
export const ResourceRef = z.object({
  logicalId: z.string(),
  type: z.string(),
  physicalId: z.string().optional(),
  /** What it is for, or what becomes of it; absent if only its type is known. */
  meaning: z.string().optional(),
});

/** @public */
export type ResourceRef = z.infer<typeof ResourceRef>;

/** Something of an environment that no stack of it has. @public */
export const NamedResource = z.object({
  /** Such as `AWS::Logs::LogGroup`. */
  type: z.string(),
  name: z.string(),
  /** What it is for, or why it stays. */
  meaning: z.string(),
});

/** @public */
export type NamedResource = z.infer<typeof NamedResource>;

/** Body of `POST …/deletion-preview`; optional. @public */
export const DeletionRequest = z.object({
  /** Whether retained data goes too; the repository must say `removable: true`. */
  removeData: z.boolean().optional(),
});

/** @public */
export type DeletionRequest = z.infer<typeof DeletionRequest>;

/**
 * The resources that a deletion would remove and keep. Answer of `POST …/deletion-preview`.
 *
 * @public
 */
export const DeletionPreview = z.object({
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  /** The name to type as confirmation. */
  confirm: z.string(),
  /** In the order in which they are deleted. */
  stacks: z.array(
    z.object({
      name: z.string(),
      /** CloudFormation's word, or `NOT_THERE`; then the lists are of what it has left. */
      status: z.string(),
      goes: z.array(ResourceRef),
      /** Kept by their deletion policy. */
      stays: z.array(ResourceRef),
      /** Buckets that go and hold objects: the stack is deleted only if these may be emptied. */
      fullBuckets: z.array(z.string()),
    }),
  ),
  /** The DAG's files, below `s3Url`; absent if MWAA's bucket is no longer known. */
  dags: z.object({ s3Url: z.string(), files: z.array(z.string()) }).optional(),
  /** What there is beside the stacks. */
  beside: z
    .object({ goes: z.array(NamedResource), stays: z.array(NamedResource) })
    .default({ goes: [], stays: [] }),
});

/** @public */
export type DeletionPreview = z.infer<typeof DeletionPreview>;
