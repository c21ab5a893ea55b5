import { joinReach, TemplateRules } from '@data-lake/cloudformation';
import { ProjectDeploymentSpec } from './toProjectDeploymentSpec';

/**
 * Lets the stacks of a project attach policies to the execution role of its MWAA environment. That it is
 * this environment's is checked before a deployment.
 */
export const withMwaaRole = (
  rules: TemplateRules,
  { parameters }: Pick<ProjectDeploymentSpec, 'parameters'>,
): TemplateRules => ({
  ...rules,
  reach: joinReach(rules.reach, {
    attachableRoles: [toLiteral(parameters.MwaaExecutionRoleName)],
  }),
});

/** Wildcards in a name would let it stand for other roles; no name has them. */
const toLiteral = (name: string) => (/[*?]/.test(name) ? '' : name);
