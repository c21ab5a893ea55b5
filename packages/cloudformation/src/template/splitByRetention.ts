import { asObject } from './json';

/** What stays of a resource when its stack is deleted. */
export type Fate = 'nothing' | 'the resource' | 'a snapshot';

/**
 * Splits resources into those deleted with their stack and those that its template retains. AWS keeps a
 * snapshot of some that are deleted.
 */
export function splitByRetention<R extends { logicalId: string }>(
  resources: readonly R[],
  template: unknown,
): { goes: (R & { keepsSnapshot?: true })[]; stays: R[] } {
  const declared = asObject(asObject(template).Resources);
  const fateOf = ({ logicalId }: R) => toFate(declared[logicalId]);
  return {
    goes: resources
      .filter(resource => fateOf(resource) !== 'the resource')
      .map(resource => ({
        ...resource,
        ...(fateOf(resource) === 'a snapshot' && {
          keepsSnapshot: true as const,
        }),
      })),
    stays: resources.filter(resource => fateOf(resource) === 'the resource'),
  };
}

/**
 * Tells what of a resource of a template outlives its stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function toFate(resource: unknown): Fate {
  const { DeletionPolicy = defaultPolicy(resource) } = asObject(resource);
  switch (DeletionPolicy) {
    case 'Retain':
    case 'RetainExceptOnCreate':
      return 'the resource';
    case 'Snapshot':
      return 'a snapshot';
    default:
      return 'nothing';
  }
}

/** Databases have another default than all other types. */
function defaultPolicy(resource: unknown): string {
  const { Type, Properties } = asObject(resource);
  const isDatabase =
    Type === 'AWS::RDS::DBCluster' ||
    (Type === 'AWS::RDS::DBInstance' &&
      asObject(Properties).DBClusterIdentifier === undefined);
  return isDatabase ? 'Snapshot' : 'Delete';
}
