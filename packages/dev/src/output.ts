import { styleText } from 'node:util';

/** Prints one line of progress. */
export function say(text: string) {
  console.error(`${styleText('cyan', '▸')} ${text}`);
}

/** Prints one line about completed work. */
export function sayDone(text: string) {
  console.error(`${styleText('green', '✔')} ${text}`);
}

/** An error that is printed as its message alone: it says what to do next. */
export class UserError extends Error {}

/** Throws a UserError; an expression, unlike `throw`. */
export function fail(message: string): never {
  throw new UserError(message);
}

/** Formats the seconds since a time: `12.3 s`. */
export function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
