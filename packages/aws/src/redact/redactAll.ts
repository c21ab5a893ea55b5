import { redact } from './redact';

/** Longest text that is kept: a cause of Step Functions may have 32,768 characters. */
const maxCharacters = 4_000;

/**
 * Redacts every text in a value of JSON, and cuts long ones: where what AWS says enters. Names of
 * properties are ours and stay.
 *
 * @public
 */
export function redactAll<T>(value: T): T {
  if (typeof value === 'string') return cut(redact(value)) as T;
  if (Array.isArray(value)) return value.map(redactAll) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, redactAll(each)]),
  ) as T;
}

const cut = (text: string) =>
  text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
