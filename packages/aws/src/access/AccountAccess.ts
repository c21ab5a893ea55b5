import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { Account, Accounts, AwsTarget } from '../accounts/accounts';
import { isSameRef } from '../accounts/isSameRef';

/** Checks the tags of a stack or bucket that is there already. @public */
export type AuthorizeTags = (
  tags: Readonly<Record<string, string>>,
) => Promise<void>;

/**
 * Decides which accounts a caller may use, and for which owner: a member of one team never touches
 * another team's account, stack or bucket.
 *
 * @public
 */
export class AccountAccess {
  constructor(
    private readonly options: {
      accounts: Accounts;
      userInfo: UserInfoService;
      /** Keys of the tags that name the owner of a stack or bucket. */
      ownerTags: readonly string[];
    },
  ) {}

  /**
   * Lists the accounts that the caller's groups may use, or one of the groups alone.
   *
   * @throws NotAllowedError if the caller is no member of `owner`
   */
  async listAccounts(
    credentials: BackstageCredentials,
    owner?: string,
  ): Promise<Account[]> {
    const ownerRefs = await this.listOwnerRefs(credentials);
    if (owner !== undefined) assertMember(ownerRefs, owner);
    return this.options.accounts.listAccounts({
      ownerRefs: owner === undefined ? ownerRefs : [owner],
    });
  }

  /** Tells whether the caller is, or belongs to, the owner. */
  async isMember(
    credentials: BackstageCredentials,
    owner: string,
  ): Promise<boolean> {
    return includesRef(await this.listOwnerRefs(credentials), owner);
  }

  /**
   * Refuses callers whom the account and region are not open to.
   *
   * @param target - `owner`: the caller must belong to it, and the account must be open to it.
   * `stackName`: must be one that the caller and the owner may use
   * @throws NotAllowedError that lists what is allowed
   */
  async assertMayUse(
    credentials: BackstageCredentials,
    target: AwsTarget & { owner?: string; stackName?: string },
  ): Promise<void> {
    const { account, region, owner, stackName } = target;
    const { accounts } = this.options;
    const ownerRefs = await this.listOwnerRefs(credentials);
    accounts.assertAllowed({ account, region, ownerRefs, stackName });
    if (owner === undefined) return;
    assertMember(ownerRefs, owner);
    accounts.assertAllowed({ account, region, owner, stackName });
  }

  /**
   * Makes the check of a stack or bucket that is there already: its owner tags decide, whatever the
   * request says. The caller must belong to the owner of each; one without such a tag is open to all
   * callers that the account is open to.
   */
  toAuthorizeTags(
    credentials: BackstageCredentials,
    target: AwsTarget & { stackName?: string },
  ): AuthorizeTags {
    return async tags => {
      for (const key of this.options.ownerTags) {
        const owner = tags[key];
        if (owner) await this.assertMayUseAs(credentials, target, key, owner);
      }
    };
  }

  private async assertMayUseAs(
    credentials: BackstageCredentials,
    target: AwsTarget & { stackName?: string },
    key: string,
    owner: string,
  ): Promise<void> {
    try {
      await this.assertMayUse(credentials, { ...target, owner });
    } catch (error) {
      if (!(error instanceof NotAllowedError)) throw error;
      throw new NotAllowedError(
        `${error.message}. It belongs to ${owner} by its tag ${key}: if that is out of date, have the tag changed in AWS`,
        error,
      );
    }
  }

  /**
   * Refuses to write to or delete from a bucket that belongs to another owner by its tag, or to nobody, and is not
   * shared.
   *
   * @throws NotAllowedError that names the bucket's owner, or says how to name one
   */
  async assertMayWrite(
    credentials: BackstageCredentials,
    target: AwsTarget & { bucket: string },
    readTags: () => Promise<Record<string, string>>,
  ): Promise<void> {
    const { account, region, bucket } = target;
    await this.assertMayUse(credentials, { account, region });
    if (this.options.accounts.isSharedBucket(account, bucket)) return;
    const authorize = this.toAuthorizeTags(credentials, { account, region });
    try {
      const tags = await readTags();
      this.assertHasOwner(tags);
      await authorize(tags);
    } catch (error) {
      if (!(error instanceof NotAllowedError)) throw error;
      throw new NotAllowedError(
        `You may not write to bucket ${bucket}: ${error.message}. If several teams share it, list it in sharedBuckets of the account in the configuration`,
        error,
      );
    }
  }

  private assertHasOwner(tags: Readonly<Record<string, string>>): void {
    const { ownerTags } = this.options;
    if (ownerTags.some(key => tags[key])) return;
    throw new NotAllowedError(
      `it has no tag ${ownerTags.join(
        ' or ',
      )}, so its owner is unknown. If it is yours, add the tag in AWS, with the entity ref of the owner as its value`,
    );
  }

  /** Tells whether an account is open to an owner, whoever the caller is. */
  isOpenTo(account: string, owner: string): boolean {
    return this.options.accounts
      .listAccounts({ ownerRefs: [owner] })
      .some(({ id }) => id === account);
  }

  /** Finds the CloudFormation service role for stacks of an account, if one is configured. */
  findServiceRole(account: string): string | undefined {
    return this.options.accounts.findServiceRole(account);
  }

  /** Finds the bucket for long templates of an account, if one is configured. */
  findTemplateBucket(account: string): string | undefined {
    return this.options.accounts.findTemplateBucket(account);
  }

  /** Empty for a service: it may use only what is open to every owner. */
  private async listOwnerRefs(
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    if (!isUser(credentials)) return [];
    const { userInfo } = this.options;
    return (await userInfo.getUserInfo(credentials)).ownershipEntityRefs;
  }
}

function assertMember(ownerRefs: string[], owner: string): void {
  if (includesRef(ownerRefs, owner)) return;
  throw new NotAllowedError(
    `You do not belong to ${owner}. Choose one of: ${ownerRefs.join(', ')}`,
  );
}

const includesRef = (refs: string[], ref: string) =>
  refs.some(each => isSameRef(each, ref));

function isUser({ principal }: BackstageCredentials): boolean {
  return (principal as { type?: string }).type === 'user';
}
