import { EnvironmentSnapshot } from '../observation';
import { EnvironmentStatus, HealthRule } from '../pipeline';
import { Problem } from '../problem';
import { Health, worstHealth } from '../state';
import { assessFreshness } from './rules/freshness';
import { assessResources } from './rules/resources';
import { assessNewestRun } from './rules/run';
import { assessStacks } from './rules/stacks';

/** The health of an environment, and why. @public */
export type HealthAssessment = Pick<
  EnvironmentStatus,
  'health' | 'reason' | 'rules'
>;

/**
 * Assesses the health of an environment: the worst of four rules and all problems. Anything that could
 * not be read makes it at best unknown; nothing is ever healthy by default.
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
  const rules = [
    assessNewestRun(snapshot, now),
    assessFreshness(snapshot, now),
    assessStacks(snapshot),
    assessResources(snapshot),
  ];
  const health = worstHealth([
    ...rules.map(rule => rule.health),
    ...snapshot.problems.map(problem => problem.health),
  ]);
  return { health, reason: toReason(health, rules, snapshot.problems), rules };
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
