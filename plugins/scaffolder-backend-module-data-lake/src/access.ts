import {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { Accounts, AwsTarget } from '@data-lake/aws';

/**
 * Who may use which account: a person of one team never touches another team's.
 */
export class AccountAccess {
  constructor(
    private readonly options: { accounts: Accounts; userInfo: UserInfoService },
  ) {}

  /**
   * Lets the starter of a task pass only where the account and region are open to them, and, where an
   * owner is named, only where they belong to the owner and the account is open to the owner. The name
   * of a stack, where one is given, must be theirs too.
   *
   * @throws NotAllowedError that lists what is allowed
   */
  async assertMayUse(
    ctx: Pick<ActionContext<any>, 'getInitiatorCredentials'>,
    target: AwsTarget & { owner?: string; stackName?: string },
  ): Promise<void> {
    const { account, region, owner, stackName } = target;
    const { accounts } = this.options;
    const ownerRefs = await this.listOwnerRefs(ctx);
    accounts.assertAllowed({ account, region, ownerRefs, stackName });
    if (owner === undefined) return;
    if (!ownerRefs.some(ref => ref.toLowerCase() === owner.toLowerCase())) {
      throw new NotAllowedError(
        `You do not belong to ${owner}. Choose one of: ${ownerRefs.join(', ')}`,
      );
    }
    accounts.assertAllowed({ account, region, owner, stackName });
  }

  /**
   * What lets the starter of a task touch only what is theirs, by its tag `data-lake:owner`: a stack or a
   * bucket, whatever the task says of it. What has no such tag is open to all whom the account is open to.
   */
  toMayTouch(
    ctx: Pick<ActionContext<any>, 'getInitiatorCredentials'>,
    target: AwsTarget & { stackName?: string },
  ): (tags: Readonly<Record<string, string>>) => Promise<void> {
    return async tags => {
      const owner = tags[tagKeys.owner];
      if (!owner) return;
      try {
        await this.assertMayUse(ctx, { ...target, owner });
      } catch (error) {
        if (!(error instanceof NotAllowedError)) throw error;
        throw new NotAllowedError(
          `${error.message}. What is there belongs to ${owner} by its tag ${tagKeys.owner}: where that is out of date, have the tag changed in AWS`,
          error,
        );
      }
    };
  }

  /**
   * Lets pass only who may upload to a bucket: it is theirs by its tag, nobody's, or shared.
   *
   * @throws NotAllowedError that says whose it is
   */
  async assertMayUpload(
    ctx: Pick<ActionContext<any>, 'getInitiatorCredentials'>,
    target: AwsTarget & { bucket: string },
    readTags: () => Promise<Record<string, string>>,
  ): Promise<void> {
    const { account, region, bucket } = target;
    await this.assertMayUse(ctx, { account, region });
    if (this.options.accounts.isSharedBucket(account, bucket)) return;
    try {
      await this.toMayTouch(ctx, { account, region })(await readTags());
    } catch (error) {
      if (!(error instanceof NotAllowedError)) throw error;
      throw new NotAllowedError(
        `Nothing was uploaded to bucket ${bucket}: ${error.message}. Where several teams share it, list it in sharedBuckets of the account in the configuration`,
        error,
      );
    }
  }

  /** The CloudFormation service role for stacks of an account, where one is configured. */
  findServiceRole(account: string): string | undefined {
    return this.options.accounts.findServiceRole(account);
  }

  /** The bucket that long templates go by in an account, where one is configured. */
  findTemplateBucket(account: string): string | undefined {
    return this.options.accounts.findTemplateBucket(account);
  }

  /** Of a service, none: it may use only what is open to every owner. */
  private async listOwnerRefs(
    ctx: Pick<ActionContext<any>, 'getInitiatorCredentials'>,
  ): Promise<string[]> {
    const credentials = await ctx.getInitiatorCredentials();
    if (!isUser(credentials)) return [];
    const { ownershipEntityRefs } = await this.options.userInfo.getUserInfo(
      credentials,
    );
    return ownershipEntityRefs;
  }
}

function isUser(credentials: BackstageCredentials): boolean {
  return (credentials.principal as { type?: string }).type === 'user';
}
