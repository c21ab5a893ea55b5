/**
 * Replaces the references `${Name}` in the text of `Fn::Sub`. A name has no braces, so that each character is
 * read once.
 */
export const replaceReferences = (
  text: string,
  toValue: (whole: string, name: string) => string,
): string => text.replace(reference, toValue);

/** Lists the names to which the text of `Fn::Sub` refers. */
export const listReferences = (text: string): string[] =>
  [...text.matchAll(reference)].map(([, name]) => name);

const reference = /\$\{([^!{}][^{}]*)\}/g;
