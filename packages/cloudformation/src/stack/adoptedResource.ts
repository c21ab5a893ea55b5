/** A resource that exists and belongs to no stack, for a new stack to take over. @public */
export interface AdoptedResource {
  /** As the template of the stack names it. */
  logicalId: string;
  type: AdoptableType;
  /** The name of a bucket, the id of a key. */
  physicalId: string;
}

/**
 * The types that a stack can take over, with the property that identifies such a resource, and whether a template
 * gives it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import-supported-resources.html
 */
const identifiers = {
  'AWS::S3::Bucket': { key: 'BucketName', isGiven: true },
  'AWS::KMS::Key': { key: 'KeyId', isGiven: false },
} as const satisfies Record<AdoptableType, { key: string; isGiven: boolean }>;

/** A type of resource that a stack can take over. @public */
export type AdoptableType = 'AWS::S3::Bucket' | 'AWS::KMS::Key';

/** Whether a stack can take over resources of a type. @public */
export const isAdoptable = (type: unknown): type is AdoptableType =>
  typeof type === 'string' && Object.hasOwn(identifiers, type);

/** Converts to the identifier that CloudFormation takes. */
export const toIdentifier = ({ type, physicalId }: AdoptedResource) => ({
  [identifiers[type].key]: physicalId,
});

/** Returns the property that identifies a resource, if a template gives it. */
export const findGivenKey = ({ type }: AdoptedResource): string | undefined =>
  identifiers[type].isGiven ? identifiers[type].key : undefined;
