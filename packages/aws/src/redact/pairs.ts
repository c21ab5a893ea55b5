import { isRandom } from './formats';
import { mask } from './mask';
import {
  isKeyName,
  isNaming,
  isSecretName,
  isValueOfName,
} from './secretNames';
import { findValueEnd, findValueStart, ValueStart } from './values';

/**
 * Masks the values of secret names, however they are written: JSON, also as a string in JSON; `k=v`, `k: v`;
 * `--k v`; queries; connection strings; XML; lists of names and values.
 */
export function redactPairs(text: string): string {
  let redacted = '';
  let copied = 0;
  /** The name of the value that comes next, from `{"Key": "password", "Value": …}`. */
  let named = false;
  names.lastIndex = 0;
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const [all, dashes, name] = found;
    if (name === undefined) continue;
    const start = findValueStart(text, {
      at: found.index + all.length,
      isFlag: dashes !== '',
      isTag: text[found.index - 1] === '<',
    });
    if (start === undefined) continue;
    const isNamed = named && isValueOfName(name);
    if (isNamed || isSecretName(name) || holdsOpaque(text, name, start)) {
      if (isNamed) named = false;
      const end = findValueEnd(text, start);
      // never looked at again, or names in values that reach far would cost time squared
      names.lastIndex = Math.max(end, names.lastIndex);
      const value = text.slice(start.from, end);
      if (value === '' || isHarmless(value)) continue;
      redacted += text.slice(copied, start.from) + mask;
      copied = end;
    } else if (isNaming(name)) {
      named = isSecretName(readShort(text, start));
    }
  }
  return redacted + text.slice(copied);
}

/** Longest value that is looked at to tell what it is. */
const maxCharacters = 300;

const readShort = (text: string, start: ValueStart): string =>
  text.slice(
    start.from,
    findValueEnd(text.slice(0, start.from + maxCharacters), start),
  );

/** A name with the dashes of an option; ARNs and references of CloudFormation hold names and no values. */
const names =
  /arn:aws[a-z-]{0,20}:[^\s"'<>,;=&]*|\{\{resolve:[^}\s]{0,500}\}\}|(?<![A-Za-z0-9_.-])(-{0,2})([A-Za-z_][A-Za-z0-9_.-]*)/g;

/** A `key` is mostly the name of an object; one that is drawn by lot is not. */
const holdsOpaque = (text: string, name: string, start: ValueStart) =>
  isKeyName(name) &&
  (readShort(text, start).match(/[A-Za-z0-9+/=_]+/g) ?? []).some(
    word => word.length >= 20 && isRandom(word),
  );

/** What stands where a secret would, and is none. */
const isHarmless = (value: string) =>
  /^(arn:aws[a-z-]{0,20}:\S*|\{\{resolve:\S*|\*{3,}|null|none|true|false|undefined)$/i.test(
    value,
  );
