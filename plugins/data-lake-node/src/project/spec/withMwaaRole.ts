import { joinReach, TemplateRules } from '@data-lake/cloudformation';
import { makesMwaa, toOwnMwaaRole } from './ownMwaa';
import { ProjectDeploymentSpec } from './toProjectDeploymentSpec';

/**
 * Lets the stacks of a project attach policies to the execution role of its MWAA environment: to the one that
 * the project's name gives if it makes the environment, else to the one that `project.yaml` names. That this is
 * the environment's is checked before a deployment.
 */
export const withMwaaRole = (
  rules: TemplateRules,
  deployment: Pick<ProjectDeploymentSpec, 'parameters' | 'dagId'>,
  stacks: readonly { name: string }[],
): TemplateRules => ({
  ...rules,
  reach: joinReach(rules.reach, {
    attachableRoles: [
      makesMwaa(stacks)
        ? toOwnMwaaRole(deployment)
        : toLiteral(deployment.parameters.MwaaExecutionRoleName),
    ],
  }),
});

/** Wildcards in a name would let it stand for other roles; no name has them. */
const toLiteral = (name: string) => (/[*?]/.test(name) ? '' : name);
