import { stripVTControlCharacters } from 'node:util';

/** Describes a failure in one line: the first lines of its message say what was expected; the log has the stack. */
export function describeFailure(name: string, message = 'skipped'): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('at '));
  return `${name}: ${lines.slice(0, 6).join(' ⏎ ').slice(0, 400)}`;
}
