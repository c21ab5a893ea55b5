import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  CompoundEntityRef,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  Action,
  dataLakeEnvironmentDeletePermission,
  dataLakeEnvironmentDeployPermission,
  dataLakePipelineReadPermission,
  dataLakePipelineRunPermission,
} from '@data-lake/plugin-data-lake-common';
import { AccountAccess } from '@data-lake/aws';
import { AccessConfig } from './config';
import { findOwner } from './owner';

/** The acts that a caller needs a permission for. @public */
export type EntityAct = 'read' | 'run' | 'deploy' | 'delete';

/** Whether the caller may do each act that changes an environment. @public */
export type EntityRights = Record<Exclude<EntityAct, 'read'>, Action>;

const permissions = {
  read: dataLakePipelineReadPermission,
  run: dataLakePipelineRunPermission,
  deploy: dataLakeEnvironmentDeployPermission,
  delete: dataLakeEnvironmentDeletePermission,
} satisfies Record<EntityAct, ResourcePermission>;

const phrases = {
  read: 'see the pipeline of',
  run: 'start a run of',
  deploy: 'deploy',
  delete: 'tear down',
} satisfies Record<EntityAct, string>;

/**
 * Decides what a caller may do with an entity's environments. The catalog and the permissions are asked
 * with the caller's own credentials.
 *
 * @public
 */
export class EntityAccess {
  constructor(
    private readonly options: {
      catalog: CatalogService;
      permissions: PermissionsService;
      accounts: AccountAccess;
      /** Who may do what besides the permission; optional, default members of the owner alone. */
      acts?: AccessConfig;
    },
  ) {}

  /**
   * Reads an entity that the caller can see, and may do the act with.
   *
   * @throws NotFoundError if it does not exist or the caller cannot see it; NotAllowedError with the reason
   */
  async readEntity(
    credentials: BackstageCredentials,
    ref: CompoundEntityRef | string,
    act: EntityAct,
  ): Promise<Entity> {
    const { catalog } = this.options;
    const entity = await catalog.getEntityByRef(ref, { credentials });
    if (!entity) {
      const entityRef = typeof ref === 'string' ? ref : stringifyEntityRef(ref);
      throw new NotFoundError(`No entity ${entityRef}`);
    }
    await this.assertMay(credentials, act, entity);
    return entity;
  }

  /** Tells of each act whether the caller may do it, and why not. */
  async listRights(
    credentials: BackstageCredentials,
    entity: Entity,
  ): Promise<EntityRights> {
    const toAction = async (act: EntityAct): Promise<Action> => {
      const reason = await this.findRefusal(credentials, act, entity);
      return reason ? { allowed: false, reason } : { allowed: true };
    };
    const [run, deploy, remove] = await Promise.all([
      toAction('run'),
      toAction('deploy'),
      toAction('delete'),
    ]);
    return { run, deploy, delete: remove };
  }

  /**
   * Refuses callers who lack the permission, or who do not belong to the owner although the act
   * changes what is in AWS: an account is open to its owners.
   *
   * @throws NotAllowedError with the reason
   */
  async assertMay(
    credentials: BackstageCredentials,
    act: EntityAct,
    entity: Entity,
  ): Promise<void> {
    const reason = await this.findRefusal(credentials, act, entity);
    if (reason) throw refuse(act, entity, reason);
  }

  private async findRefusal(
    credentials: BackstageCredentials,
    act: EntityAct,
    entity: Entity,
  ): Promise<string | undefined> {
    if (!(await this.isPermitted(credentials, act, entity))) {
      return needsPermission(act);
    }
    if (this.isOpen(act)) return undefined;
    const owner = findOwner(entity);
    const { accounts } = this.options;
    if (owner && (await accounts.isMember(credentials, owner))) {
      return undefined;
    }
    return `Only members of ${owner ?? 'its owner (it has none)'} may`;
  }

  /** Whether the permission alone decides. */
  private isOpen(act: EntityAct): boolean {
    if (act === 'read') return true;
    return act === 'run' && this.options.acts?.run === 'anyone';
  }

  private async isPermitted(
    credentials: BackstageCredentials,
    act: EntityAct,
    entity: Entity,
  ): Promise<boolean> {
    const permission = permissions[act];
    const resourceRef = stringifyEntityRef(entity);
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission, resourceRef }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }
}

const needsPermission = (act: EntityAct) =>
  `It needs the permission ${permissions[act].name}`;

const refuse = (act: EntityAct, entity: Entity, reason: string) =>
  new NotAllowedError(
    `You may not ${phrases[act]} ${stringifyEntityRef(entity)}: ${reason}`,
  );
