import { Range } from './ranges';

/** One format of a credential. */
export interface Rule {
  /** What it finds. */
  name: string;
  /** Where the format comes from, or why it is a secret. */
  reason: string;
  /** Global; the secret is the group that matched, at the end of the match, or all of it without a group. */
  pattern: RegExp;
  /** Whether what was found is a secret; absent: always. */
  isSecret?: (found: string) => boolean;
}

/** Finds all that a rule tells in a text. */
export function findByRule(text: string, rule: Rule): Range[] {
  const ranges: Range[] = [];
  for (const match of text.matchAll(rule.pattern)) {
    const secret = match.slice(1).find(group => group !== undefined);
    const found = secret ?? match[0];
    if (/^\*{3,}$/.test(found) || rule.isSecret?.(found) === false) continue;
    const to = match.index + match[0].length;
    ranges.push({ from: to - found.length, to });
  }
  return ranges;
}
