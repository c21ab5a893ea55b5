import { NamedValues } from './NamedValues';
import { isOpaque, isRandom } from './random';
import { Range } from './ranges';
import {
  isKeyName,
  isNaming,
  isSecretName,
  isValueOfName,
  isWeakName,
  withWordsBefore,
} from './secretNames';
import { findStated, isSentence } from './sentences';
import { findValueEnd, findValueStart, ValueStart } from './values';

/**
 * Finds the values of secret names, however they are written: JSON, also as a string in JSON; `k=v`, `k: v`;
 * `--k v`; queries; connection strings; XML; tuples; YAML; sentences; lists of names and values.
 */
export function findPairs(text: string): Range[] {
  const ranges: Range[] = [];
  const named = new NamedValues(text);
  names.lastIndex = 0;
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const [all, dashes, word] = found;
    if (word === undefined) continue;
    const name = withWordsBefore(text, word, found.index);
    const at = found.index + all.length;
    const start = findValueStart(text, {
      at,
      nameAt: found.index,
      isFlag: dashes !== '',
    });
    const range = start
      ? findValue(text, name, start, named)
      : isSecretName(name) && findStated(text, name, at);
    if (!range) continue;
    // never looked at again, or names in values that reach far would cost time squared
    names.lastIndex = Math.max(range.to, names.lastIndex);
    ranges.push(range);
  }
  return [...ranges, ...named.before].filter(
    ({ from, to }) => !isHarmless(text.slice(from, to)),
  );
}

/** A name with the dashes of an option; ARNs and references of CloudFormation hold names and no values. */
const names =
  /arn:aws[a-z-]{0,20}:[^\s"'<>,;=&]*|\{\{resolve:[^}\s]{0,500}\}\}|(?<![A-Za-z0-9_.-])(-{0,2})([A-Za-z_][A-Za-z0-9_.-]*)/g;

function findValue(
  text: string,
  name: string,
  start: ValueStart,
  named: NamedValues,
): Range | undefined {
  const isSecret = isSecretName(name);
  if (isSecret && start.isStated && isSentence(text, name, start.from)) {
    return findStated(text, name, start.nameEnd);
  }
  const end = () => findValueEnd(text, start);
  if (named.isNamed(name) || (isSecret && !start.isListed)) {
    return { from: start.from, to: end() };
  }
  if (!isSecret && !mayHold(name)) return undefined;
  const value = readShort(text, start);
  if (
    (isSecret && !/^[A-Za-z_. -]*$/.test(value)) ||
    (isWeakName(name) && isOpaqueOrPin(name, value)) ||
    (isKeyName(name) && holdsRandom(value))
  ) {
    return { from: start.from, to: end() };
  }
  named.add(name, value, start);
  return undefined;
}

/** Whether the value of a name has to be looked at. */
const mayHold = (name: string) =>
  isWeakName(name) || isNaming(name) || isValueOfName(name);

const isOpaqueOrPin = (name: string, value: string) =>
  isOpaque(value) || (/(otp|pin)$/i.test(name) && /^\d{4,10}$/.test(value));

/** Longest value that is looked at to tell what it is. */
const maxCharacters = 300;

const readShort = (text: string, start: ValueStart): string =>
  text.slice(
    start.from,
    findValueEnd(text.slice(0, start.from + maxCharacters), start),
  );

/** A `key` is mostly the name of an object; one that is drawn by lot is not. */
const holdsRandom = (value: string) =>
  (value.match(/[A-Za-z0-9+/=_]+/g) ?? []).some(
    word => word.length >= 20 && isRandom(word),
  );

/** What stands where a secret would, and is none. */
const isHarmless = (value: string) =>
  /^(arn:aws[a-z-]{0,20}:\S*|\{\{resolve:\S*|\*{3,}|null|none|true|false|undefined)?$/i.test(
    value,
  );
