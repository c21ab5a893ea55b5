import { parseEnvironments } from '@data-lake/plugin-data-lake-common';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import type { Entity } from '@backstage/catalog-model';

/**
 * The DAG that a run of this environment starts: as the newest run names it, else `P-E` of the
 * stack `P-E-foundations`.
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
