import {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { Accounts, AwsTarget } from '@data-lake/plugin-data-lake-node';

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

  /** The CloudFormation service role for stacks of an account, where one is configured. */
  findServiceRole(account: string): string | undefined {
    return this.options.accounts.findServiceRole(account);
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
