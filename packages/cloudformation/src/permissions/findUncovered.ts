import { toCanonicalJson } from '../template/json';
import { Steps } from '../template/steps';
import { Grant } from './grants/grant';

/**
 * Finds the grants of which some part is not covered by the others. A hostile template must not keep the
 * process busy: without steps left, a grant counts as not covered.
 */
export function findUncovered(
  grants: readonly Grant[],
  others: readonly Grant[],
  steps: Steps = { left: maxSteps },
) {
  const identical = new Set(others.map(other => toCanonicalJson(other)));
  return grants.flatMap(grant => {
    if (identical.has(toCanonicalJson(grant))) return [];
    const who = grant.who.filter(w => !isCovered({ ...grant, who: [w] }));
    const actions = grant.actions.filter(
      a => !isCovered({ ...grant, actions: [a] }),
    );
    const on = grant.on.filter(o => !isCovered({ ...grant, on: [o] }));
    return actions.length > 0 ? [{ ...grant, who, actions, on }] : [];
  });

  function isCovered({ who, actions, on, ...rest }: Grant): boolean {
    if (steps.left < 0) return false;
    return who.every(w =>
      actions.every(a =>
        on.every(o =>
          others.some(other =>
            covers(other, { ...rest, who: [w], actions: [a], on: [o] }, steps),
          ),
        ),
      ),
    );
  }
}

/** Characters and parts that one comparison may read, about a tenth of a second. */
export const maxSteps = 10_000_000;

function covers(
  other: Grant,
  { who, actions, on, condition }: Grant,
  steps: Steps,
): boolean {
  steps.left -= 1;
  if (steps.left < 0) return false;
  const has = (texts: string[], text: string, fold: (t: string) => string) =>
    texts.some(each => {
      if (steps.left < 0) return false;
      steps.left -= 1 + Math.min(each.length, maxLength);
      return matches(fold(each), fold(text), steps);
    });
  return (
    (other.condition === '' || other.condition === condition) &&
    has(other.who, who[0], asIs) &&
    has(other.actions, actions[0], text => text.toLowerCase()) &&
    has(other.on, on[0], asIs)
  );
}

const asIs = (text: string) => text;

/**
 * Tells whether `pattern` covers everything that `text` stands for; both may have wildcards.
 *
 * `?` is one character, and so never stands for a `*` or for a reference of unknown length.
 */
export function matches(
  pattern: string,
  text: string,
  steps: Steps = { left: maxSteps },
): boolean {
  if (pattern === text || pattern === '*') return true;
  if (pattern.startsWith('not ') || text.startsWith('not ')) return false;
  if (pattern.length > maxLength || text.length > maxLength) return false;
  const single = (char: string) => char !== '*' && !text.includes('${');
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    steps.left -= 1;
    if (steps.left < 0) return false;
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
