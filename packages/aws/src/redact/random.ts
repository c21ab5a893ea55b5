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

/** Whether a word is none that people write in a sentence: letters and digits in one, and no date, path or ARN. */
export const isOpaque = (word: string): boolean =>
  word.length >= 6 &&
  /[A-Za-z]/.test(word) &&
  /\d/.test(word) &&
  !/^\d{4}-?\d{2}-?\d{2}T|^arn:|[/\\]/.test(word);
