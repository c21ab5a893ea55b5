import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A published path by which a caller gets more rights than it was given. */
export interface Escalation {
  /** Its id at the source, or ours where the source has none. */
  id: string;
  source: string;
  /** The caller needs all of them. */
  actions: string[];
  /** The service that gets the role, if the path passes one. */
  passedTo?: string;
}

/** Source → id → actions. */
const published: Record<string, Record<string, string>> = parse(
  readFileSync(join(__dirname, 'escalations.yaml'), 'utf8'),
);

/** The principal that a service's actions pass a role to, where its name is not the prefix of the actions. */
const principals: Record<string, string> = {
  airflow: 'airflow.amazonaws.com',
  autoscaling: 'ec2.amazonaws.com',
  ecs: 'ecs-tasks.amazonaws.com',
  apprunner: 'tasks.apprunner.amazonaws.com',
};

/**
 * The published paths of escalation in AWS: those of pathfinding.cloud, what Rhino Security Labs and Prowler list beyond
 * them, and those that AWS's own documentation implies for the services that a data lake uses. The same list is played
 * against policies and against templates.
 */
export const escalations: readonly Escalation[] = Object.entries(
  published,
).flatMap(([source, paths]) =>
  Object.entries(paths).map(([id, actions]) =>
    toEscalation(
      id,
      source.endsWith('/paths/') ? source + id : source,
      actions,
    ),
  ),
);

function toEscalation(id: string, source: string, text: string): Escalation {
  const actions = text.split(' ');
  if (!actions.includes('iam:PassRole')) return { id, source, actions };
  const [service] = actions
    .filter(action => action !== 'iam:PassRole')
    .map(action => action.split(':')[0]);
  return {
    id,
    source,
    actions,
    passedTo: principals[service] ?? `${service}.amazonaws.com`,
  };
}
