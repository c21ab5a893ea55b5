import {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
  UserInfoService,
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
  Account,
  Action,
  dataLakeEnvironmentDeletePermission,
  dataLakeEnvironmentDeployPermission,
  dataLakePipelineReadPermission,
  dataLakePipelineRunPermission,
} from '@data-lake/plugin-data-lake-common';
import { Accounts } from '@data-lake/plugin-data-lake-node';
import { findOwner } from './targets';

/** The caller of a route. */
export type User = BackstageCredentials<BackstageUserPrincipal>;

/** What somebody may do with an entity's environments, besides looking. */
export type Right = 'run' | 'deploy' | 'delete';

export type Rights = Record<Right, Action>;

const permissions = {
  run: dataLakePipelineRunPermission,
  deploy: dataLakeEnvironmentDeployPermission,
  delete: dataLakeEnvironmentDeletePermission,
} satisfies Record<Right, ResourcePermission>;

const verbs = {
  run: 'start a run of',
  deploy: 'deploy',
  delete: 'tear down',
} satisfies Record<Right, string>;

const toAction = (refusal: string | undefined): Action =>
  refusal ? { allowed: false, reason: refusal } : { allowed: true };

/** Decides what a caller may see and do; everything here asks with the caller's own credentials. */
export class Access {
  constructor(
    private readonly options: {
      catalog: CatalogService;
      permissions: PermissionsService;
      userInfo: UserInfoService;
      accounts: Accounts;
    },
  ) {}

  /**
   * An entity whose pipeline the caller may read.
   *
   * @throws NotFoundError where it is not there, or not for the caller's eyes; NotAllowedError
   */
  async readEntity(user: User, ref: CompoundEntityRef): Promise<Entity> {
    const entityRef = stringifyEntityRef(ref);
    const entity = await this.options.catalog.getEntityByRef(ref, {
      credentials: user,
    });
    if (!entity) throw new NotFoundError(`No entity ${entityRef}`);
    if (!(await this.may(user, dataLakePipelineReadPermission, entityRef))) {
      throw new NotAllowedError(
        `You may not see the pipeline of ${entityRef}: it needs the permission ${dataLakePipelineReadPermission.name}`,
      );
    }
    return entity;
  }

  /** What the caller may do with an entity that they may read. */
  async listRights(user: User, entity: Entity): Promise<Rights> {
    const [run, deploy, remove] = await Promise.all([
      this.findRefusal(user, 'run', entity),
      this.findRefusal(user, 'deploy', entity),
      this.findRefusal(user, 'delete', entity),
    ]);
    return {
      run: toAction(run),
      deploy: toAction(deploy),
      delete: toAction(remove),
    };
  }

  /** @throws NotAllowedError with the reason */
  async assertMay(user: User, what: Right, entity: Entity): Promise<void> {
    const refusal = await this.findRefusal(user, what, entity);
    if (!refusal) return;
    throw new NotAllowedError(
      `You may not ${verbs[what]} ${stringifyEntityRef(entity)}: ${refusal}`,
    );
  }

  /**
   * The accounts that the caller's groups may use, or one of them alone.
   *
   * @throws NotAllowedError where the caller is no member of `owner`
   */
  async listAccounts(user: User, owner?: string): Promise<Account[]> {
    const { ownershipEntityRefs } = await this.options.userInfo.getUserInfo(
      user,
    );
    if (owner === undefined) {
      return this.options.accounts.listAccounts({
        ownerRefs: ownershipEntityRefs,
      });
    }
    if (!(await this.isMember(user, owner))) {
      throw new NotAllowedError(
        `You are no member of ${owner}. You own as: ${ownershipEntityRefs.join(
          ', ',
        )}`,
      );
    }
    return this.options.accounts.listAccounts({ ownerRefs: [owner] });
  }

  /** Who changes what is in AWS must also belong to the owner: an account is open to its owners. */
  private async findRefusal(
    user: User,
    what: Right,
    entity: Entity,
  ): Promise<string | undefined> {
    const permission = permissions[what];
    if (!(await this.may(user, permission, stringifyEntityRef(entity)))) {
      return `It needs the permission ${permission.name}`;
    }
    if (what === 'run') return undefined;
    const owner = findOwner(entity);
    if (owner && (await this.isMember(user, owner))) return undefined;
    return `Only members of ${owner ?? 'its owner (it has none)'} may`;
  }

  private async isMember(user: User, owner: string): Promise<boolean> {
    const { ownershipEntityRefs } = await this.options.userInfo.getUserInfo(
      user,
    );
    return ownershipEntityRefs.some(
      ref =>
        ref.toLocaleLowerCase('en-US') === owner.toLocaleLowerCase('en-US'),
    );
  }

  private async may(
    user: User,
    permission: ResourcePermission,
    resourceRef: string,
  ): Promise<boolean> {
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission, resourceRef }],
      { credentials: user },
    );
    return result === AuthorizeResult.ALLOW;
  }
}
