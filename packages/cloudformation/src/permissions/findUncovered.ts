import { toCanonicalJson } from '../template/json';
import { Grant } from './grants/grant';

/** Finds the grants of which some part is not covered by the others. */
export function findUncovered(
  grants: readonly Grant[],
  others: readonly Grant[],
) {
  const identical = new Set(others.map(other => toCanonicalJson(other)));
  return grants.flatMap(grant => {
    if (identical.has(toCanonicalJson(grant))) return [];
    if (isTooLarge(grant, others)) return [grant];
    const who = grant.who.filter(w => !isCovered({ ...grant, who: [w] }));
    const actions = grant.actions.filter(
      a => !isCovered({ ...grant, actions: [a] }),
    );
    const on = grant.on.filter(o => !isCovered({ ...grant, on: [o] }));
    return actions.length > 0 ? [{ ...grant, who, actions, on }] : [];
  });

  function isCovered({ who, actions, on, ...rest }: Grant): boolean {
    return who.every(w =>
      actions.every(a =>
        on.every(o =>
          others.some(other =>
            covers(other, { ...rest, who: [w], actions: [a], on: [o] }),
          ),
        ),
      ),
    );
  }
}

/** A hostile template must not keep the process busy: a grant that is too large counts as broader. */
function isTooLarge(grant: Grant, others: readonly Grant[]): boolean {
  const size = (g: Grant) => g.who.length + g.actions.length + g.on.length;
  const parts = grant.who.length * grant.actions.length * grant.on.length;
  return parts * others.reduce((sum, o) => sum + size(o), 0) > 100_000;
}

function covers(other: Grant, { who, actions, on, condition }: Grant): boolean {
  return (
    (other.condition === '' || other.condition === condition) &&
    other.who.some(text => matches(text, who[0])) &&
    other.actions.some(text =>
      matches(text.toLowerCase(), actions[0].toLowerCase()),
    ) &&
    other.on.some(text => matches(text, on[0]))
  );
}

/**
 * Tells whether `pattern` covers everything that `text` stands for; both may have wildcards.
 *
 * `?` is one character, and so never stands for a `*` or for a reference of unknown length.
 */
export function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === '*') return true;
  if (pattern.startsWith('not ') || text.startsWith('not ')) return false;
  if (pattern.length > maxLength || text.length > maxLength) return false;
  const single = (char: string) => char !== '*' && !text.includes('${');
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      [star, mark] = [p, t];
      p += 1;
    } else if (
      pattern[p] === text[t] ||
      (pattern[p] === '?' && single(text[t]))
    ) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      mark += 1;
      [p, t] = [star + 1, mark];
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** An ARN is shorter; the time to compare grows with the product of both lengths. */
const maxLength = 2_048;
