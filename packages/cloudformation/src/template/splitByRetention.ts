import { asObject } from './json';

/** Splits resources into those deleted with their stack and those that its template retains. */
export function splitByRetention<R extends { logicalId: string }>(
  resources: readonly R[],
  template: unknown,
): { goes: R[]; stays: R[] } {
  const declared = asObject(asObject(template).Resources);
  const stays = ({ logicalId }: R) => isRetained(declared[logicalId]);
  return {
    goes: resources.filter(resource => !stays(resource)),
    stays: resources.filter(stays),
  };
}

/** Tells whether a resource of a template outlives its stack. */
export const isRetained = (resource: unknown): boolean =>
  ['Retain', 'RetainExceptOnCreate'].includes(
    String(asObject(resource).DeletionPolicy),
  );
