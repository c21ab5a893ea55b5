import { toCodeSpan } from '@data-lake/plugin-data-lake-common';
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

/** Puts a report into all formats; without a Markdown of its own, each line is an item of a list. */
export function toReport(options: {
  lines: readonly string[];
  markdown?: string;
  json: unknown;
}): CommandResult['report'] {
  const { lines, json } = options;
  const items = () =>
    lines.map(line => `- ${toCodeSpan(line.trim())}\n`).join('');
  return {
    text: lines.map(line => `${line}\n`).join(''),
    markdown: options.markdown ?? items(),
    json: `${JSON.stringify(json)}\n`,
  };
}
