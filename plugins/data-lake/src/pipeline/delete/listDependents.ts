import {
  Entity,
  parseEntityRef,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/**
 * Lists the refs of the entities that depend on an environment, sorted. They depend on the entity itself,
 * or on a resource of the environment such as its database, which is found by its name.
 *
 * @param environment - `<project>-<environment>`
 */
export async function listDependents(
  catalog: Pick<CatalogApi, 'getEntityByRef' | 'getEntitiesByRefs'>,
  of: { entityRef: string; environment: string },
): Promise<string[]> {
  const entity = await catalog.getEntityByRef(of.entityRef);
  if (!entity) return [];
  const own = listTargets(entity, RELATION_DEPENDS_ON);
  const resources = own.filter(ref =>
    parseEntityRef(ref).name.startsWith(`${of.environment}-`),
  );
  const { items } = await catalog.getEntitiesByRefs({ entityRefs: resources });
  const found = [entity, ...items].flatMap(each =>
    each ? listTargets(each, RELATION_DEPENDENCY_OF) : [],
  );
  const self = [...own, stringifyEntityRef(entity)];
  return [...new Set(found)].filter(ref => !self.includes(ref)).sort();
}

const listTargets = (entity: Entity, type: string) =>
  (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
