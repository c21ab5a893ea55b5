import { asObject } from './evaluateTemplate';

const bounded = ['AWS::IAM::Role', 'AWS::IAM::User'];

/**
 * The template with the permissions boundary on each IAM role and user that has none, as data; the very
 * same content where none needs it. Others than this one are for {@link findWrongBoundaries} to find.
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

/** What is wrong with the boundaries of IAM roles and users, one line each. */
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
          has === undefined ? '' : ', and has another; leave it out'
        }`,
    );
}

function listBounded(
  content: unknown,
): [logicalId: string, properties: Record<string, unknown>][] {
  return Object.entries(asObject(asObject(content).Resources))
    .filter(([, resource]) => bounded.includes(String(asObject(resource).Type)))
    .map(([id, resource]) => [id, asObject(asObject(resource).Properties)]);
}
