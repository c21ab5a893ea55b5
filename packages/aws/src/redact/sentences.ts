import { isOpaque } from './random';
import { Range } from './ranges';
import { isPasswordName, isSecretName } from './secretNames';

/** Words that follow the name of a secret in a sentence about it: `password: must not be empty`. */
const words = new Set(
  `must should shall can cannot could may might will would is are was were be been has have had do does did
  not no none never unknown unset empty blank missing absent required optional needed expected expires expired
  invalid incorrect wrong bad unexpected unsupported unauthorized denied rejected revoked disabled enabled failed
  failure error too at least of in on for from to the a an this that these your my our its please use using
  enter provide see only any each if when while because and or but with without by found`.split(
    /\s+/,
  ),
);

/** Longest part of a sentence that is looked at. */
const maxCharacters = 120;

const twoWords =
  /^([A-Za-z][A-Za-z'-]*)[.,;:!)\]]{0,3}(?=[\s"'`\\<]|$)(?:\s{1,4}([A-Za-z][a-z'-]*)(?=[\s.,;:!"'`\\)\]]|$))?/;

/** Whether a sentence about a secret starts here, not its value. */
export function isSentence(text: string, name: string, from: number): boolean {
  const [, first, second] =
    twoWords.exec(text.slice(from, from + maxCharacters)) ?? [];
  if (first === undefined) return false;
  if (words.has(first.toLowerCase())) return true;
  if (second === undefined) return false;
  // a phrase may be a password, but is no token
  return isPasswordName(name)
    ? isSecretName(first) && words.has(second)
    : first.length <= 14;
}

/** `password is …`, `password: my …`, `token was set to "…"` */
const stated =
  /["'`]?:?\s{1,4}(?:(?:is|was|are|be|my|your|the|our|now|set|to|still|new|as|used|following)[:,]?\s{1,4}){1,6}\\{0,16}["'`]?/iy;
/** `password 'x'` */
const quoted = /\s{1,4}\\{0,16}["'`](?=[^\s"'`]{6,200}["'`\\])/y;
/** `fs.s3a.secret.key x`, `ENV DB_PASSWORD x`, `login u password x`, `| password | x |`, `password == 'x'` */
const spaced = /[ \t]{0,4}[!=]={1,2}[ \t]{0,4}\\{0,16}["']?|[ \t|]{1,20}/y;
const word = /[^\s"'`<>\\]{1,200}/y;

/** Finds the value of a secret in a sentence about it, or after a space. */
export function findStated(
  text: string,
  name: string,
  at: number,
): Range | undefined {
  const found =
    match(stated, text, at) ??
    (isPasswordName(name) ? match(quoted, text, at) : undefined) ??
    (isPasswordName(name) || /\w\.\w|^[A-Z0-9_]+$/.test(name)
      ? match(spaced, text, at)
      : undefined);
  if (found === undefined) return undefined;
  const from = at + found.length;
  const value = match(word, text, from)?.replace(/[.,;:)\]}]{1,9}$/, '');
  return value !== undefined && isOpaque(value)
    ? { from, to: from + value.length }
    : undefined;
}

function match(sticky: RegExp, text: string, at: number): string | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}
