import { isText } from './json';

/**
 * Returns a parameter value that stands for a secret: it stays a reference when a template is evaluated. A
 * newly given secret may differ from the present one, and so has another name.
 */
export const toSecretReference = (name: string, given = false): string =>
  `\0${name}${given ? ' (given)' : ''}`;

/** Tells whether a parameter value stands for a secret. */
export const isSecretReference = (value: unknown): value is string =>
  isText(value) && value.startsWith('\0');

/** Returns the name that is shown in place of a secret. */
export const toSecretName = (reference: string): string => reference.slice(1);
