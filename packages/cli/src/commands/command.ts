import { Format, Options } from '../arguments';
import { OpenEnvironment } from '../openEnvironment';

/** How a command ended. */
export interface Ended {
  report: Record<Format, string>;
  /** See exitCodes. */
  code: number;
}

export type Command = (
  environment: OpenEnvironment,
  options: Options,
) => Promise<Ended>;

/** The same in all formats. */
export function toReport(
  lines: readonly string[],
  markdown: string,
  json: unknown,
): Ended['report'] {
  return {
    text: lines.map(line => `${line}\n`).join(''),
    markdown,
    json: `${JSON.stringify(json)}\n`,
  };
}
