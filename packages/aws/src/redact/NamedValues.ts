import { Range } from './ranges';
import { isNaming, isSecretName, isValueOfName } from './secretNames';
import { findValueEnd, ValueStart } from './values';

/** Values beside the names of secrets: `{"Key": "password", "Value": …}`, in either order. */
export class NamedValues {
  /** Values that were found before their names. */
  readonly before: Range[] = [];
  #isSecret = false;
  #isWaiting = false;
  #last?: ValueStart;

  constructor(private readonly text: string) {}

  isNamed(name: string): boolean {
    if (!this.#isSecret || !isValueOfName(name)) return false;
    this.#isSecret = false;
    this.#isWaiting = false;
    return true;
  }

  add(name: string, value: string, start: ValueStart): void {
    if (isValueOfName(name)) {
      this.#last = this.#isWaiting ? undefined : start;
      this.#isWaiting = false;
    } else if (isNaming(name)) {
      const isSecret = isSecretName(value);
      const before = this.#last && this.#findBeside(this.#last, start.from);
      if (isSecret && before) this.before.push(before);
      this.#isSecret = isSecret && !before;
      this.#isWaiting = !before;
      this.#last = undefined;
    }
  }

  /** Finds the value before a name; undefined if another object starts between them. */
  #findBeside(value: ValueStart, nameAt: number): Range | undefined {
    const maxDistance = 4_000;
    if (nameAt - value.from > maxDistance) return undefined;
    const to = findValueEnd(this.text.slice(0, nameAt), value);
    const between = this.text.slice(to, nameAt);
    return /[}]|\/>|\n\s{0,40}-/.test(between)
      ? undefined
      : { from: value.from, to };
  }
}
