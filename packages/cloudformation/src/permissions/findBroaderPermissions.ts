import type { BroaderPermission } from '@data-lake/plugin-data-lake-common';
import { Grant, listGrants, listRoles } from './listGrants';
import {
  canonical,
  ResolvedResource,
  resolveResources,
} from '../template/evaluateTemplate';

/** A template with its parameters, pseudo parameters among them. */
export interface Deployed {
  content: unknown;
  parameters: Record<string, string>;
}

/**
 * The IAM and network permissions that are there after a change and were not before: what is newly
 * allowed, and what is denied no more. Each resource is compared with its former self; in doubt
 * (another condition, a `NotAction`, what cannot be read) a permission counts as broader.
 *
 * What a condition asks that only CloudFormation knows may be so or not: both are looked at, the same
 * before and after.
 *
 * @param before - absent: there was nothing
 */
export function findBroader(
  before: Deployed | undefined,
  after: Deployed,
): BroaderPermission[] {
  const questions = new Set<string>();
  const ask = (question: string) => void questions.add(question);
  const unsure = [toResources(before, ask), toResources(after, ask)] as const;
  if (questions.size > mostQuestions) return listUnsure(...unsure);
  const found = toWorlds([...questions]).flatMap(world => {
    const decide = (question: string) => world.get(question);
    return compare(toResources(before, decide), toResources(after, decide));
  });
  return [...new Map(found.map(each => [canonical(each), each])).values()];
}

type Resources = ReadonlyMap<string, ResolvedResource>;

const toResources = (
  deployed: Deployed | undefined,
  decide: (question: string) => boolean | undefined,
): Resources =>
  deployed
    ? resolveResources(deployed.content, deployed.parameters, decide)
    : new Map();

/** So many have 64 answers; a template of ours has none. */
const mostQuestions = 6;

/** Each way to answer all questions. */
function toWorlds(questions: string[]): Map<string, boolean>[] {
  return Array.from(
    { length: 2 ** questions.length },
    (_, n) =>
      new Map(questions.map((question, i) => [question, (n >> i) % 2 === 1])),
  );
}

/** What grants something and is not the same as before, where it cannot be told what. */
function listUnsure(before: Resources, after: Resources): BroaderPermission[] {
  return [...after]
    .filter(([id, is]) => canonical(before.get(id)) !== canonical(is))
    .filter(([, is]) => listGrants(is).length + listRoles(is).length > 0)
    .map(([logicalId, { type }]) => ({
      logicalId,
      type,
      of: 'iam' as const,
      text: `may have more: its conditions ask too much that only CloudFormation knows`,
    }));
}

function compare(before: Resources, after: Resources): BroaderPermission[] {
  const ids = [...new Set([...after.keys(), ...before.keys()])];
  return ids.flatMap(id => {
    const [was, is] = [before.get(id), after.get(id)];
    const { type } = (is ?? was)!;
    const both = was !== undefined && is !== undefined;
    const list = (resource: ResolvedResource | undefined) =>
      resource
        ? [...listGrants(resource), ...(both ? listRoles(resource) : [])]
        : [];
    return findBroaderGrants(list(was), list(is)).map(({ of, text }) => ({
      logicalId: id,
      type,
      of,
      text,
    }));
  });
}

/** The same for the grants of one resource. */
export function findBroaderGrants(
  former: readonly Grant[],
  now: readonly Grant[],
): { of: Grant['of']; text: string }[] {
  const allows = uncovered(only('Allow', now), only('Allow', former));
  const denies = uncovered(only('Deny', former), only('Deny', now));
  return [
    ...allows.map(grant => ({ of: grant.of, text: `may ${toLine(grant)}` })),
    ...denies.map(grant => ({
      of: grant.of,
      text: `is denied no more: ${toLine(grant)}`,
    })),
  ];
}

const only = (effect: Grant['effect'], grants: readonly Grant[]) =>
  grants.filter(grant => grant.effect === effect);

/** Those of which some part is not within the others. */
function uncovered(grants: readonly Grant[], others: readonly Grant[]) {
  const whole = new Set(others.map(other => canonical(other)));
  return grants.flatMap(grant => {
    if (whole.has(canonical(grant))) return [];
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

/** A hostile template must not keep the backend busy: what is too large counts as broader. */
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
 * Whether everything that `text` stands for is within `pattern`; both may have wildcards.
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

/** An ARN has less; the time to compare grows with the product of both. */
const maxLength = 2_048;

function toLine({ who, actions, on, condition }: Grant): string {
  const when = condition ? ` when ${shortened(condition)}` : '';
  return `${listed(who)}: ${listed(actions)} on ${listed(on)}${when}`;
}

const listed = (items: string[]) =>
  items.length > 6
    ? `${items.slice(0, 5).map(shortened).join(', ')} and ${
        items.length - 5
      } more`
    : items.map(shortened).join(', ');

const shortened = (text: string) =>
  text.length > 160 ? `${text.slice(0, 159)}…` : text;
