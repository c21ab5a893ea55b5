import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';

/** Finds the owner by the catalog's relation: `spec.owner` may be short, and may be wrong. @public */
export function findOwner(entity: Entity): string | undefined {
  return entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
    ?.targetRef;
}

/**
 * Gets the owner of an entity, to whom accounts are open.
 *
 * @throws NotAllowedError if it has none
 * @public
 */
export function getOwner(entity: Entity): string {
  const owner = findOwner(entity);
  if (owner) return owner;
  throw new NotAllowedError(
    `${stringifyEntityRef(
      entity,
    )} has no owner, and so no account is open to it. Give it one in catalog-info.yaml`,
  );
}
