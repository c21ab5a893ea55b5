import { InputError } from '@backstage/errors';

/** Levels of lists and objects; CloudFormation's own templates have about 20. */
export const maxDepth = 60;

/**
 * Checks depths as they are found, before anything recurses into them.
 *
 * @throws InputError if a text is nested too deep
 */
export function assertFlat(depths: Iterable<number>): void {
  for (const depth of depths) {
    if (depth > maxDepth) {
      throw new InputError(
        `The template is nested more than ${maxDepth} levels deep`,
      );
    }
  }
}
