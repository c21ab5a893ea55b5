import { EnvironmentSnapshot } from '../observation';
import { EnvironmentStatus, HealthRule } from '../pipeline';
import { Problem } from '../problem';
import { Health, worstHealth } from '../state';
import { assessFreshness } from './rules/freshness';
import { assessResources } from './rules/resources';
import { assessNewestRun } from './rules/run';
import { assessStacks, isStack } from './rules/stacks';
import { isStale } from './isStale';
import { toAge } from './toAge';

/** The health of an environment, and why. @public */
export type HealthAssessment = Pick<
  EnvironmentStatus,
  'health' | 'reason' | 'rules'
>;

/**
 * Assesses the health of an environment: the worst of four rules and all problems. Anything that could
 * not be read, or was read long ago, makes it at best unknown; nothing is ever healthy by default. Without its
 * stacks an environment is gone, whatever its runs were.
 *
 * @public
 */
export function assessHealth(
  snapshot: EnvironmentSnapshot,
  now: Date,
): HealthAssessment {
  if (!snapshot.observedAt && snapshot.problems.length === 0) {
    return { health: 'unknown', reason: 'not observed yet', rules: [] };
  }
  const rules = areGone(snapshot)
    ? [assessStacks(snapshot)]
    : [
        assessNewestRun(snapshot, now),
        assessFreshness(snapshot, now),
        assessStacks(snapshot),
        assessResources(snapshot),
      ].map(rule => toDatedRule(rule, snapshot, now));
  const health = worstHealth([
    ...rules.map(rule => rule.health),
    ...snapshot.problems.map(problem => problem.health),
  ]);
  return { health, reason: toReason(health, rules, snapshot.problems), rules };
}

/** An environment with no stack left; its runs are history. */
function areGone({ resources }: EnvironmentSnapshot): boolean {
  const stacks = resources.filter(isStack);
  return stacks.length > 0 && stacks.every(({ health }) => health === 'gone');
}

/** What was well when it was read, long ago, may not be well now. */
function toDatedRule(
  rule: HealthRule,
  { observedAt }: EnvironmentSnapshot,
  now: Date,
): HealthRule {
  const isGood = rule.health === 'healthy' || rule.health === 'running';
  if (!observedAt || !isGood || !isStale(observedAt, now)) return rule;
  const text = `${rule.text}, as of ${toAge(observedAt, now)} ago`;
  return { ...rule, health: 'unknown', text };
}

/** The rule that decides gives the reason; a problem if no rule is as bad. */
function toReason(
  health: Health,
  rules: HealthRule[],
  problems: Problem[],
): string {
  const rule = rules.find(r => r.health === health);
  const problem = problems.find(p => p.health === health);
  const isUnread =
    health === 'unknown' || health === 'denied' || health === 'gone';
  const [first, second] = [problem?.message, rule?.text];
  return (isUnread ? first ?? second : second ?? first) ?? 'no reason is known';
}
