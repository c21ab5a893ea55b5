/**
 * Tells whether every parser reads a plain YAML scalar as the same value: YAML 1.1 (CloudFormation's) and
 * YAML 1.2, and within 1.1 also PyYAML and SnakeYAML.
 *
 * @see https://yaml.org/type/ and https://yaml.org/spec/1.2.2/#103-core-schema
 */
export const hasOneReading = (plain: string): boolean =>
  isPlainText(plain) || sameInAll.some(form => form.test(plain));

/** Tells whether a plain scalar may stand for a key: text or a whole number. */
export const isPlainKey = (plain: string): boolean =>
  plain !== '' && (isPlainText(plain) || wholeNumber.test(plain));

const wholeNumber = /^(0|[1-9][0-9]*)$/;

/** Forms that are no text, and that each version reads as the same value. */
const sameInAll = [
  /^(~|null|Null|NULL|)$/,
  /^(true|True|TRUE|false|False|FALSE)$/,
  /^[-+]?(0|[1-9][0-9]*)$/,
  /^0x[0-9a-fA-F]+$/,
  /^[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+][0-9]+)?$/,
];

/** A day is a date for YAML 1.1, but CloudFormation knows no dates: `2012-10-17` is text. */
const day = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** Forms that some version reads as null, truth, number, time, merge key or value key. */
const special = [
  /^(~|null|)$/i,
  /^(y|n|yes|no|on|off|true|false)$/i,
  /^[-+]?[0-9][0-9_]*$/,
  /^[-+]?0[box][0-9a-f_]+$/i,
  /^[-+]?(?=[._]*[0-9])[0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?$/i,
  /^[-+]?\.(inf|nan)$/i,
  /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\s].*)?$/,
  /^(=|<<)$/,
];

const isPlainText = (plain: string): boolean =>
  day.test(plain) || !special.some(form => form.test(plain));
