import { asObject } from './json';

const boundedTypes = ['AWS::IAM::Role', 'AWS::IAM::User'];

/**
 * Adds the permissions boundary to each IAM role and user of a template that has none. Returns the very
 * same content if none needs it; `findWrongBoundaries` finds other boundaries.
 */
export function withPermissionsBoundary(
  content: unknown,
  boundary: string | undefined,
): unknown {
  if (boundary === undefined) return content;
  const bare = listBounded(content).filter(
    ([, { PermissionsBoundary }]) => PermissionsBoundary === undefined,
  );
  if (bare.length === 0) return content;
  const resources = asObject(asObject(content).Resources);
  const added = bare.map(([id, properties]) => [
    id,
    {
      ...asObject(resources[id]),
      Properties: { ...properties, PermissionsBoundary: boundary },
    },
  ]);
  return {
    ...asObject(content),
    Resources: { ...resources, ...Object.fromEntries(added) },
  };
}

/** Finds IAM roles and users without the permissions boundary, one line each. */
export function findWrongBoundaries(
  content: unknown,
  boundary: string | undefined,
): string[] {
  if (boundary === undefined) return [];
  return listBounded(content)
    .filter(([, { PermissionsBoundary: has }]) => has !== boundary)
    .map(
      ([id, { PermissionsBoundary: has }]) =>
        `${id} must have the permissions boundary ${boundary}${
          has === undefined ? '' : ', and has another; remove that one'
        }`,
    );
}

function listBounded(
  content: unknown,
): [logicalId: string, properties: Record<string, unknown>][] {
  return Object.entries(asObject(asObject(content).Resources))
    .filter(([, resource]) =>
      boundedTypes.includes(String(asObject(resource).Type)),
    )
    .map(([id, resource]) => [id, asObject(asObject(resource).Properties)]);
}
