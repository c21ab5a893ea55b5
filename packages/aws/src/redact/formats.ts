import { mask } from './mask';

/**
 * Masks what has the format of a credential, whatever its name. Every pattern starts where a run of its
 * characters starts or has a bounded length, so that all together are linear.
 */
export function redactFormats(text: string): string {
  return formats.reduce((rest, format) => format(rest), text);
}

const replaceAll =
  (pattern: RegExp, by: string | ((...found: string[]) => string)) =>
  (text: string) =>
    text.replace(pattern, by as string);

const formats = [
  // PEM, also with its line ends escaped; one without an end was cut.
  replaceAll(
    /-----BEGIN [A-Z0-9 ]{1,40}-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/g,
    mask,
  ),
  // JWT
  replaceAll(
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*/g,
    mask,
  ),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
  replaceAll(/(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/g, mask),
  // https://user:password@host, with characters in the password that a URL may not have too
  replaceAll(/:\/\/[^\s/?#"'<>]*@/g, `://${mask}@`),
  replaceAll(
    /:\/\/[^\s/?#"'<>:@]{1,200}:(?!\d{1,5}[/?])[^\s"'<>]{0,400}@/g,
    `://${mask}@`,
  ),
  // user:password@host
  replaceAll(
    /(?<![\w.+%:/-])(?!mailto:)([\w.+%-]{1,64}):[^\s:@/"'<>]{1,200}@(?!sha\d+:)/g,
    `${mask}@`,
  ),
  replaceAll(
    /\b(Bearer|Basic|Token)(\s{1,8})([A-Za-z0-9._~+/=-]{6,})/gi,
    (all, scheme, gap, value) =>
      isProse(value) ? all : `${scheme}${gap}${mask}`,
  ),
  // tokens of code hosts, packages and chats, by the prefix that their makers gave them
  replaceAll(
    /(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|sk-|dop_v1_|ya29\.|AIza)[A-Za-z0-9_-]{20,}/g,
    mask,
  ),
  replaceAll(/(?<![A-Za-z0-9])(?:npm_|hf_)[A-Za-z0-9]{20,}/g, mask),
  // a secret access key, and a session token
  replaceAll(/[A-Za-z0-9/+]+/g, word =>
    word.length === 40 && isRandom(word) ? mask : word,
  ),
  replaceAll(/[A-Za-z0-9/+=_-]+/g, word =>
    word.length >= 100 && isRandom(word) ? mask : word,
  ),
];

/** `Basic authentication`: words after a scheme that are no credential. */
const isProse = (value: string) => /^[A-Z]?[a-z-]+[.,]?$/.test(value);

/**
 * Whether a text looks drawn by lot from the characters of base64: capitals and small letters, and few words.
 * A digest in hexadecimal has no capitals; a path or a name in camel case consists of words. Of 4,000 random
 * texts of 40 characters one looks like words.
 */
export function isRandom(text: string): boolean {
  if (!/[A-Z]/.test(text) || !/[a-z]/.test(text)) return false;
  const words = text.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}|\d{4,}/g) ?? [];
  return words.join('').length < text.length * 0.75;
}
