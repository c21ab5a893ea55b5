import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { UsageError } from './usageError';

/** Documented in the README, since CI acts on them. */
export const exitCodes = {
  done: 0,
  /** It was tried and failed, or a check failed. */
  failed: 1,
  /** The command line, project.yaml or a template is wrong; nothing was changed. */
  usage: 2,
  /** Refused: not allowed, somebody else at work, or a gate that needs an --allow; nothing was changed. */
  refused: 3,
  /** `verify`: nothing failed, and something is unknown. */
  unknown: 4,
  cancelled: 130,
} as const;

export function toExitCode(error: unknown): number {
  if (error instanceof UsageError || error instanceof InputError) {
    return exitCodes.usage;
  }
  const isRefusal =
    error instanceof ConflictError ||
    error instanceof NotAllowedError ||
    error instanceof NotFoundError;
  return isRefusal ? exitCodes.refused : exitCodes.failed;
}
