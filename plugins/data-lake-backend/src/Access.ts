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
  dataLakePipelineReadPermission,
  dataLakePipelineRunPermission,
} from '@data-lake/plugin-data-lake-common';
import { Accounts } from '@data-lake/plugin-data-lake-node';

/** The caller of a route. */
export type User = BackstageCredentials<BackstageUserPrincipal>;

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

  mayRun(user: User, entityRef: string): Promise<boolean> {
    return this.may(user, dataLakePipelineRunPermission, entityRef);
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
    const isMember = ownershipEntityRefs.some(
      ref =>
        ref.toLocaleLowerCase('en-US') === owner.toLocaleLowerCase('en-US'),
    );
    if (!isMember) {
      throw new NotAllowedError(
        `You are no member of ${owner}. You own as: ${ownershipEntityRefs.join(
          ', ',
        )}`,
      );
    }
    return this.options.accounts.listAccounts({ ownerRefs: [owner] });
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
