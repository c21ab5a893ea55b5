import { redact } from '@data-lake/aws';
import { toExitCode } from './exitCodes';
import { toCliText } from './messages';

/** A failure, as `--format json` prints it. */
export interface Failure {
  error: { name: string; message: string };
  exitCode: number;
}

/** Describes an error for the caller of the command line, without secrets. */
export function toFailure(error: unknown): Failure {
  const { name, message } =
    error instanceof Error ? error : new Error(String(error));
  return {
    error: { name, message: redact(toCliText(message)) },
    exitCode: toExitCode(error),
  };
}
