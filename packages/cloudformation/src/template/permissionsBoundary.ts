import { InputError } from '@backstage/errors';
import { asObject, toCanonicalJson } from './json';
import { parseGivenText, TemplateText } from './templateText';
import { insertIntoResources } from './text/insertIntoResources';

const boundedTypes = ['AWS::IAM::Role', 'AWS::IAM::User'];

/** A text, and the template that it is. */
export interface BoundedTemplate {
  body: string;
  content: unknown;
}

/**
 * Adds the permissions boundary to each IAM role and user of a template that has none: to the text, of which
 * all else stays as it is. `findWrongBoundaries` finds other boundaries.
 *
 * @throws InputError if the text is written in a way that leaves no place for it
 */
export function withPermissionsBoundary(
  text: string,
  { content, isJson }: TemplateText,
  boundary: string | undefined,
): BoundedTemplate {
  const bare = boundary === undefined ? [] : listBare(content);
  if (boundary === undefined || bare.length === 0) {
    return { body: text, content };
  }
  const entry = { name: 'PermissionsBoundary', value: boundary };
  const body = insertIntoResources(text, { isJson, ids: bare, entry });
  const read = parseGivenText(body);
  const expected = toBounded(content, bare, boundary);
  if (toCanonicalJson(read.content) !== toCanonicalJson(expected)) {
    throw new InputError(
      `The permissions boundary cannot be added to ${bare.join(
        ', ',
      )} as they are written: write PermissionsBoundary: ${boundary} into their properties`,
    );
  }
  return { body, content: read.content };
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

const listBare = (content: unknown): string[] =>
  listBounded(content)
    .filter(([, properties]) => properties.PermissionsBoundary === undefined)
    .map(([id]) => id);

function toBounded(
  content: unknown,
  ids: readonly string[],
  boundary: string,
): unknown {
  const resources = asObject(asObject(content).Resources);
  const added = ids.map(id => {
    const resource = asObject(resources[id]);
    const properties = asObject(resource.Properties);
    return [
      id,
      {
        ...resource,
        Properties: { ...properties, PermissionsBoundary: boundary },
      },
    ];
  });
  return {
    ...asObject(content),
    Resources: { ...resources, ...Object.fromEntries(added) },
  };
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
