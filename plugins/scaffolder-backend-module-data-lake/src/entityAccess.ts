import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { ActionContext } from '@backstage/plugin-scaffolder-node';

/** What of an entity's environments the starter of a task may change; the same rules as the page's. */
export class EntityAccess {
  constructor(
    private readonly options: {
      catalog: CatalogService;
      permissions: PermissionsService;
    },
  ) {}

  /**
   * An entity that the starter of the task sees and has a permission for, and its owner.
   *
   * @throws NotFoundError, NotAllowedError
   */
  async readEntity(
    ctx: Pick<ActionContext<any>, 'getInitiatorCredentials'>,
    entityRef: string,
    permission: ResourcePermission,
  ): Promise<{ entity: Entity; owner: string }> {
    const credentials = await ctx.getInitiatorCredentials();
    const entity = await this.options.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) throw new NotFoundError(`No entity ${entityRef}`);
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission, resourceRef: stringifyEntityRef(entity) }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `Not allowed for ${entityRef}: it needs the permission ${permission.name}`,
      );
    }
    const owner = entity.relations?.find(
      ({ type }) => type === RELATION_OWNED_BY,
    )?.targetRef;
    if (owner) return { entity, owner };
    throw new NotAllowedError(
      `${entityRef} has no owner, and so no account is open to it. Give it one in catalog-info.yaml`,
    );
  }
}
