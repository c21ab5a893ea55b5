import { UserInfoService } from '@backstage/backend-plugin-api';
import { AccountAccess, Accounts } from '@data-lake/aws';
import { ownerTagKeys } from './EnvironmentAuthority';

/**
 * Creates the access to accounts that previews and tasks share: what the tags name as owner is the same for both.
 *
 * @public
 */
export const createAccountAccess = (options: {
  accounts: Accounts;
  userInfo: UserInfoService;
}): AccountAccess =>
  new AccountAccess({
    ...options,
    ownerTags: ownerTagKeys,
  });
