import { toCanonicalJson } from '../template/json';
import {
  evaluateWithin,
  TemplateResource,
  TemplateState,
} from '../template/evaluateTemplate';
import { Grant } from './grants/grant';
import { listGrants, listRoles } from './grants/listGrants';
import { Steps, toSteps } from '../template/steps';
import { findUncovered, maxSteps } from './findUncovered';

/** A permission that exists after a deployment and did not exist before. @public */
export interface BroaderPermission {
  logicalId: string;
  type: string;
  of: 'iam' | 'network';
  /** The permission in one line. */
  text: string;
  /** Set if it reaches beyond the stack's own resources: it needs permission in a new stack too. */
  farReaching?: true;
}

/**
 * Finds the IAM and network permissions that a change adds: newly allowed, or no longer denied. Each
 * resource is compared with its former state; in doubt (another condition, a `NotAction`, an unreadable
 * value) a permission counts as broader.
 *
 * A condition that only CloudFormation can evaluate may be true or false: both are compared, the same
 * before and after.
 *
 * @param before - absent for a new stack
 */
export function findBroaderPermissions(
  before: TemplateState | undefined,
  after: TemplateState,
): BroaderPermission[] {
  const questions = new Set<string>();
  const ask = (question: string) => void questions.add(question);
  const steps = toSteps();
  const unsure = [
    toResources(steps, before, ask),
    toResources(steps, after, ask),
  ] as const;
  const times = 2 ** questions.size;
  const used = toSteps().left - steps.left;
  if (questions.size > maxQuestions || times * used > maxSteps) {
    return listUnsure(...unsure);
  }
  const left = toSteps(maxSteps);
  const found = listAnswers([...questions]).flatMap(answers => {
    const decide = (question: string) => answers.get(question);
    return compare(
      toResources(toSteps(), before, decide),
      toResources(toSteps(), after, decide),
      left,
    );
  });
  return [
    ...new Map(found.map(each => [toCanonicalJson(each), each])).values(),
  ];
}

type Resources = ReadonlyMap<string, TemplateResource>;

const toResources = (
  steps: Steps,
  state: TemplateState | undefined,
  decide: (question: string) => boolean | undefined,
): Resources => (state ? evaluateWithin(steps, state, decide) : new Map());

/** Six questions have 64 combinations of answers. */
const maxQuestions = 6;

/** Lists each combination of answers to all questions. */
function listAnswers(questions: string[]): Map<string, boolean>[] {
  return Array.from(
    { length: 2 ** questions.length },
    (_, n) =>
      new Map(questions.map((question, i) => [question, (n >> i) % 2 === 1])),
  );
}

/** Lists the changed resources that grant permissions, if there are too many questions to compare them. */
function listUnsure(before: Resources, after: Resources): BroaderPermission[] {
  return [...after]
    .filter(
      ([id, is]) => toCanonicalJson(before.get(id)) !== toCanonicalJson(is),
    )
    .filter(([, is]) => listGrants(is).length + listRoles(is).length > 0)
    .map(([logicalId, { type }]) => ({
      logicalId,
      type,
      of: 'iam' as const,
      text: `may grant more: too many of its conditions depend on values that only CloudFormation knows`,
    }));
}

function compare(
  before: Resources,
  after: Resources,
  steps: Steps,
): BroaderPermission[] {
  const ids = [...new Set([...after.keys(), ...before.keys()])];
  return ids.flatMap(id => {
    const [was, is] = [before.get(id), after.get(id)];
    const { type } = (is ?? was)!;
    const both = was !== undefined && is !== undefined;
    const list = (resource: TemplateResource | undefined) =>
      resource
        ? [...listGrants(resource), ...(both ? listRoles(resource) : [])]
        : [];
    return findBroaderGrants(list(was), list(is), steps).map(
      ({ of, text }) => ({
        logicalId: id,
        type,
        of,
        text,
      }),
    );
  });
}

/** Finds what the grants of one resource add. */
export function findBroaderGrants(
  former: readonly Grant[],
  now: readonly Grant[],
  steps?: Steps,
): { of: Grant['of']; text: string }[] {
  const allows = findUncovered(
    only('Allow', now),
    only('Allow', former),
    steps,
  );
  const denies = findUncovered(only('Deny', former), only('Deny', now), steps);
  return [
    ...allows.map(grant => ({
      of: grant.of,
      text: `allows ${toGrantText(grant)}`,
    })),
    ...denies.map(grant => ({
      of: grant.of,
      text: `no longer denies ${toGrantText(grant)}`,
    })),
  ];
}

const only = (effect: Grant['effect'], grants: readonly Grant[]) =>
  grants.filter(grant => grant.effect === effect);

function toGrantText({ who, actions, on, condition }: Grant): string {
  const when = condition ? ` when ${shorten(condition)}` : '';
  return `${toListText(who)}: ${toListText(actions)} on ${toListText(
    on,
  )}${when}`;
}

const toListText = (items: string[]) =>
  items.length > 6
    ? `${items.slice(0, 5).map(shorten).join(', ')} and ${
        items.length - 5
      } more`
    : items.map(shorten).join(', ');

const shorten = (text: string) =>
  text.length > 160 ? `${text.slice(0, 159)}…` : text;
