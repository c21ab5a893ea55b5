import { styleText } from 'node:util';

/** One line of progress. */
export function say(text: string) {
  console.error(`${styleText('cyan', '▸')} ${text}`);
}

/** One line about something that is done. */
export function sayDone(text: string) {
  console.error(`${styleText('green', '✔')} ${text}`);
}

/** An error whose message alone tells the person at the terminal what to do. */
export class UserError extends Error {}

/** `fail` where an expression is wanted. */
export function fail(message: string): never {
  throw new UserError(message);
}

export function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
