import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';

/** A reason why a plan may not be applied. */
export interface Gate {
  /** Kind of the error that the caller gets. */
  kind: keyof typeof errors;
  message: string;
}

const errors = {
  input: InputError,
  conflict: ConflictError,
  'not allowed': NotAllowedError,
  'not found': NotFoundError,
};

/**
 * Refuses to apply a plan that has gates.
 *
 * @throws an error of the first gate's kind, with the messages of all of them
 */
export function assertNoGates(gates: readonly Gate[]): void {
  const [first] = gates;
  if (!first) return;
  throw new errors[first.kind](gates.map(({ message }) => message).join('. '));
}
