/**
 * Returns a text as GetTemplate does: with ? for each character that is not ASCII, and with the line ends of XML.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1220
 */
export const toReturnedText = (text: string): string =>
  toReturnedValue(text).replaceAll('\r\n', '\n').trim();

/** Returns a value of a template as GetTemplate does. */
export const toReturnedValue = (text: string): string =>
  text.replace(/[\u{80}-\u{10ffff}]/gu, '?');
