import { TemplateRules } from '@data-lake/cloudformation';
import { ProjectDeploymentSpec } from './toProjectDeploymentSpec';
import { withMwaaRole } from './withMwaaRole';
import { withOwnReach } from './withOwnReach';

/**
 * Returns the rules for the templates of an environment's stacks: those of its account, and what the environment has
 * beyond each stack. The same for every plan of a change.
 *
 * @param stacks - all of the environment
 */
export const toStackRules = (
  rules: TemplateRules,
  deployment: ProjectDeploymentSpec,
  stacks: readonly { name: string }[],
): TemplateRules =>
  withMwaaRole(withOwnReach(rules, deployment), deployment, stacks);
