import { InputError } from '@backstage/errors';

/** The work that is left for a text of somebody else: parts and characters that are read or made. */
export interface Steps {
  left: number;
}

/** Enough for four times the largest template. */
export const toSteps = (left = 4_000_000): Steps => ({ left });

/**
 * Counts work.
 *
 * @throws InputError if no step is left
 */
export function spend(steps: Steps, count: number): void {
  steps.left -= count;
  if (steps.left < 0) {
    throw new InputError(
      'The template becomes too large when its functions are evaluated: use fewer or smaller values in Fn::FindInMap, Fn::Sub, Fn::Join and parameters',
    );
  }
}

/** Counts the parts and characters of a value, until a limit. */
export function sizeOf(value: unknown, limit: number): number {
  let size = 0;
  const open = [value];
  while (open.length > 0 && size <= limit) {
    const one = open.pop();
    size += 1 + (typeof one === 'string' ? one.length : 0);
    if (typeof one !== 'object' || one === null) continue;
    for (const [key, item] of Object.entries(one)) {
      size += key.length;
      open.push(item);
      if (size > limit) break;
    }
  }
  return size;
}
