import { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';
import { AwsDeployConfig, readAwsDeployConfig } from './config';
import { isSameRef } from './isSameRef';

/** One account and one region of it. @public */
export interface AwsTarget {
  /** 12 digits. */
  account: string;
  region: string;
}

/** An account that may be deployed to. @public */
export interface Account {
  /** 12 digits. */
  id: string;
  name: string;
  regions: string[];
}

/**
 * The accounts that may be deployed to, with their regions and owners; from `awsDeploy.accounts`.
 *
 * @public
 */
export class Accounts {
  static fromConfig(config: Config): Accounts {
    return new Accounts(readAwsDeployConfig(config));
  }

  private constructor(private readonly config: AwsDeployConfig) {}

  /**
   * Lists the accounts that at least one of the owners may use; without owners, all.
   *
   * @param options - entity refs, such as the ownership refs of a user
   */
  listAccounts(options: { ownerRefs?: readonly string[] } = {}): Account[] {
    const { ownerRefs } = options;
    return this.config.accounts
      .filter(account => !ownerRefs || isOpenTo(account, ownerRefs))
      .map(({ id, name, regions }) => ({ id, name: name ?? id, regions }));
  }

  /** Finds the CloudFormation service role for the stacks of an account. */
  findServiceRole(account: string): string | undefined {
    return this.find(account)?.serviceRoleArn ?? this.config.serviceRoleArn;
  }

  /** Finds the bucket that an account's long templates are uploaded to. */
  findTemplateBucket(account: string): string | undefined {
    return this.find(account)?.templateBucket;
  }

  /** Tells whether every user of an account may upload to a bucket of it. */
  isSharedBucket(account: string, bucket: string): boolean {
    return this.find(account)?.sharedBuckets?.includes(bucket) ?? false;
  }

  /**
   * Refuses an account or region that is not configured, or that none of the owners may use.
   *
   * @param target - account and region; `owner` or `ownerRefs`: entity refs, default any owner;
   * `stackName`, if given, must start with one of the owners' prefixes
   * @throws NotAllowedError that lists what is allowed
   */
  assertAllowed(
    target: AwsTarget & {
      owner?: string;
      ownerRefs?: readonly string[];
      stackName?: string;
    },
  ): void {
    const { account, region, owner, stackName } = target;
    const ownerRefs = owner === undefined ? target.ownerRefs : [owner];
    const { regions } = this.getAllowed(account, ownerRefs);
    if (!regions.includes(region)) {
      throw new NotAllowedError(
        `Region ${region} is not allowed in account ${account}. Allowed regions: ${regions.join(
          ', ',
        )}`,
      );
    }
    if (stackName !== undefined) {
      this.assertStackName(account, stackName, ownerRefs);
    }
  }

  private getAllowed(
    account: string,
    ownerRefs: readonly string[] | undefined,
  ): Account {
    const allowed = this.listAccounts({ ownerRefs });
    const found = allowed.find(({ id }) => id === account);
    if (found) return found;
    const forOwners = ownerRefs ? ` for ${ownerRefs.join(', ')}` : '';
    throw new NotAllowedError(
      `Account ${account} is not allowed${forOwners}. ${toList(
        'Allowed accounts',
        allowed.map(({ id, name }) => (name === id ? id : `${id} (${name})`)),
        'No account is allowed; see awsDeploy.accounts in the configuration',
      )}`,
    );
  }

  private assertStackName(
    account: string,
    stackName: string,
    ownerRefs: readonly string[] | undefined,
  ): void {
    const configured = this.find(account)?.stackNamePrefixes;
    if (!configured) return;
    const prefixes = configured
      .filter(
        ({ owner }) => !owner || !ownerRefs || includesRef(ownerRefs, owner),
      )
      .flatMap(({ prefixes: list }) => list);
    if (prefixes.some(prefix => stackName.startsWith(prefix))) return;
    throw new NotAllowedError(
      `Stack name ${stackName} is not allowed in account ${account}. ${toList(
        'Names must begin with',
        prefixes,
        'No name is allowed; see stackNamePrefixes of the account in the configuration',
      )}`,
    );
  }

  private find(account: string): ConfiguredAccount | undefined {
    return this.config.accounts.find(({ id }) => id === account);
  }
}

type ConfiguredAccount = AwsDeployConfig['accounts'][number];

function isOpenTo(
  { owners }: ConfiguredAccount,
  ownerRefs: readonly string[],
): boolean {
  return !owners || owners.some(owner => includesRef(ownerRefs, owner));
}

const includesRef = (refs: readonly string[], ref: string) =>
  refs.some(each => isSameRef(each, ref));

function toList(title: string, items: string[], none: string): string {
  return items.length > 0 ? `${title}: ${items.join(', ')}` : none;
}
