import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { UsageError } from './usageError';

/** Exit codes, as the README lists them: CI relies on them. */
export const exitCodes = {
  done: 0,
  /** The command failed, or a check failed. */
  failed: 1,
  /** The command line, project.yaml or a template is wrong; nothing was changed. */
  usage: 2,
  /** Refused: not allowed, another operation in progress, or a gate that needs an --allow flag; nothing was changed. */
  refused: 3,
  /** `verify`: no check failed, but some are unknown. */
  unknown: 4,
  /** It failed after a change had started: the message says what goes on, has ended or is done. */
  started: 5,
  cancelled: 130,
} as const;

/** Maps an error to its exit code. */
export function toExitCode(error: unknown): number {
  // by name: the engine is loaded only once the arguments are right
  if ((error as Error).name === 'OperationStartedError') {
    return exitCodes.started;
  }
  if (error instanceof UsageError || error instanceof InputError) {
    return exitCodes.usage;
  }
  const isRefusal =
    error instanceof ConflictError ||
    error instanceof NotAllowedError ||
    error instanceof NotFoundError;
  return isRefusal ? exitCodes.refused : exitCodes.failed;
}
