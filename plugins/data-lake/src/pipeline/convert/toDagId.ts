import { parseEnvironments } from '@data-lake/plugin-data-lake-common';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import type { Entity } from '@backstage/catalog-model';

/**
 * Returns the id of the DAG that runs of this environment start: the one of the newest run, else `P-E`
 * from the stack `P-E-foundations`.
 */
export function toDagId(
  entity: Entity,
  environment: EnvironmentStatus,
): string {
  const root = environment.runs[0]?.steps[0];
  if (root?.service === 'mwaa' && !root.parent) return root.name;
  const ref = parseEnvironments(entity).find(e => e.name === environment.name);
  return ref
    ? ref.stacks[0].name.replace(/-[^-]+$/, '')
    : `${entity.metadata.name}-${environment.name}`;
}
