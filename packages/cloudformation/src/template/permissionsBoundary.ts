import { ChangedTemplate, changeTemplateText } from './changeTemplateText';
import { asObject } from './json';
import { TemplateText } from './templateText';

const boundedTypes = ['AWS::IAM::Role', 'AWS::IAM::User'];

/**
 * Adds the permissions boundary to each IAM role and user of a template that has none: to the text, of which
 * all else stays as it is. `findWrongBoundaries` finds other boundaries.
 *
 * @throws InputError if the text is written in a way that leaves no place for it
 */
export function withPermissionsBoundary(
  text: string,
  given: TemplateText,
  boundary: string | undefined,
): ChangedTemplate {
  const bare = boundary === undefined ? [] : listBare(given.content);
  return changeTemplateText(text, given, {
    changes: bare.map(id => ({
      path: ['Resources', id, 'Properties', 'PermissionsBoundary'],
      to: boundary,
    })),
    refusal: `The permissions boundary cannot be added to ${bare.join(
      ', ',
    )} as they are written: write PermissionsBoundary: ${boundary} into their properties`,
  });
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

function listBounded(
  content: unknown,
): [logicalId: string, properties: Record<string, unknown>][] {
  return Object.entries(asObject(asObject(content).Resources))
    .filter(([, resource]) =>
      boundedTypes.includes(String(asObject(resource).Type)),
    )
    .map(([id, resource]) => [id, asObject(asObject(resource).Properties)]);
}
