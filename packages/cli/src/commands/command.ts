import { Format, Options } from '../arguments';
import { OpenEnvironment } from '../openEnvironment';

/** Result of a command. */
export interface CommandResult {
  report: Record<Format, string>;
  /** Exit code; see exitCodes. */
  code: number;
}

/** Does one thing with an environment. */
export type Command = (
  environment: OpenEnvironment,
  options: Options,
) => Promise<CommandResult>;

/** Puts the same report into all formats. */
export function toReport(
  lines: readonly string[],
  markdown: string,
  json: unknown,
): CommandResult['report'] {
  return {
    text: lines.map(line => `${line}\n`).join(''),
    markdown,
    json: `${JSON.stringify(json)}\n`,
  };
}
