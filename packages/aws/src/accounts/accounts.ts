import { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';
import { Account } from '@data-lake/plugin-data-lake-common';
import { DataLakeConfig, readDataLakeConfig } from './config';

/** Where something is done: one account and one region of it. @public */
export interface AwsTarget {
  /** 12 digits. */
  account: string;
  region: string;
}

/**
 * The accounts and regions where projects may live, and whose they are; from `dataLake.accounts`.
 *
 * @public
 */
export class Accounts {
  static fromConfig(config: Config): Accounts {
    return new Accounts(readDataLakeConfig(config));
  }

  private readonly accounts: DataLakeConfig['accounts'];

  private constructor(private readonly config: DataLakeConfig) {
    this.accounts = config.accounts;
  }

  /**
   * The accounts that one of the owners may use; without owners, all.
   *
   * @param options - entity refs, such as the ownership refs of a user
   */
  listAccounts(options: { ownerRefs?: readonly string[] } = {}): Account[] {
    const { ownerRefs } = options;
    return this.accounts
      .filter(account => !ownerRefs || isOpenTo(account, ownerRefs))
      .map(({ id, name, regions }) => ({ id, name: name ?? id, regions }));
  }

  /** The CloudFormation service role for stacks of an account, where one is configured. */
  findServiceRole(account: string): string | undefined {
    const own = this.accounts.find(({ id }) => id === account);
    return own?.serviceRoleArn ?? this.config.deploy.serviceRoleArn;
  }

  /** The bucket that long templates go by in an account, where one is configured. */
  findTemplateBucket(account: string): string | undefined {
    return this.accounts.find(({ id }) => id === account)?.templateBucket;
  }

  /** Whether all may upload to a bucket who may use its account. */
  isSharedBucket(account: string, bucket: string): boolean {
    const own = this.accounts.find(({ id }) => id === account);
    return own?.sharedBuckets?.includes(bucket) ?? false;
  }

  /**
   * Says no to an account or a region that is not configured, or is open to none of these owners.
   *
   * @param target - account and region, with the entity ref of one owner or those of several; with
   * neither, any owner. A stack's name, where one is given, must begin with a prefix of theirs
   * @throws NotAllowedError that lists what is allowed
   */
  assertAllowed(
    target: AwsTarget & {
      owner?: string;
      ownerRefs?: readonly string[];
      stackName?: string;
    },
  ): void {
    const { account, region, owner } = target;
    const ownerRefs = owner === undefined ? target.ownerRefs : [owner];
    const allowed = this.listAccounts({ ownerRefs });
    const found = allowed.find(({ id }) => id === account);
    if (!found) {
      const whose = ownerRefs ? ` for ${ownerRefs.join(', ')}` : '';
      throw new NotAllowedError(
        `Account ${account} is not allowed${whose}. ${listed(
          'Allowed accounts',
          allowed.map(({ id, name }) => (name === id ? id : `${id} (${name})`)),
          'No account is allowed; see dataLake.accounts in the configuration',
        )}`,
      );
    }
    if (!found.regions.includes(region)) {
      throw new NotAllowedError(
        `Region ${region} is not allowed in account ${account}. Allowed regions: ${found.regions.join(
          ', ',
        )}`,
      );
    }
    if (target.stackName !== undefined) {
      this.assertStackName(account, target.stackName, ownerRefs);
    }
  }

  private assertStackName(
    account: string,
    stackName: string,
    ownerRefs: readonly string[] | undefined,
  ): void {
    const own = this.accounts.find(({ id }) => id === account);
    if (!own?.stackNamePrefixes) return;
    const refs = ownerRefs?.map(toComparableRef);
    const prefixes = own.stackNamePrefixes
      .filter(
        ({ owner }) => !owner || !refs || refs.includes(toComparableRef(owner)),
      )
      .flatMap(({ prefixes: list }) => list);
    if (prefixes.some(prefix => stackName.startsWith(prefix))) return;
    throw new NotAllowedError(
      `Stack name ${stackName} is not allowed in account ${account}. ${listed(
        'Names must begin with',
        prefixes,
        'No name is allowed; see stackNamePrefixes of the account in the configuration',
      )}`,
    );
  }
}

function isOpenTo(
  account: DataLakeConfig['accounts'][number],
  ownerRefs: readonly string[],
): boolean {
  if (!account.owners) return true;
  const refs = ownerRefs.map(toComparableRef);
  return account.owners.some(owner => refs.includes(toComparableRef(owner)));
}

/** Entity refs are compared without regard to case. */
export const toComparableRef = (ref: string) => ref.toLocaleLowerCase('en-US');

function listed(title: string, items: string[], none: string): string {
  return items.length > 0 ? `${title}: ${items.join(', ')}` : none;
}
