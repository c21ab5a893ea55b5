import { defaultAllowedResourceTypes } from './resourceTypes';

/**
 * The rules that templates must follow, of an account or of the installation.
 *
 * @public
 */
export interface TemplateRules {
  /** Types, and patterns such as `AWS::Glue::*`. Custom resources must be listed as `Custom::…`. */
  allowedResourceTypes: readonly string[];
  /** Names of macros, such as `AWS::LanguageExtensions`; optional, default none. */
  allowedMacros?: readonly string[];
  /** ARN of the one permissions boundary that every IAM role and user gets. */
  permissionsBoundary?: string;
  /** What templates may reach beyond their own resources without permission; optional, default nothing. */
  reach?: AllowedReach;
  /** Names of the settings that error messages refer to; optional, default the names of the rules. */
  settingNames?: { allowedResourceTypes: string; allowedMacros: string };
}

/**
 * What templates may reach beyond their own resources. Entries may have `*` and `?`.
 *
 * @public
 */
export interface AllowedReach {
  /** Principals outside the account: account ids, ARNs, and URLs or ARNs of identity providers. */
  allowedPrincipals?: readonly string[];
  /** ARNs of managed policies beside those that AWS has for the services of a data lake. */
  allowedManagedPolicies?: readonly string[];
  /** Names of existing roles that templates may attach policies to, such as MWAA's execution role. */
  attachableRoles?: readonly string[];
  /** ARNs of existing roles that resources of templates may act as, and pass on. */
  passableRoles?: readonly string[];
  /** Dynamic references without braces and `resolve:`, such as `ssm:/shared/*`. */
  allowedDynamicReferences?: readonly string[];
  /** ARNs of existing resources that roles of templates may read and change, such as a given data bucket. */
  allowedResources?: readonly string[];
  /** Endpoints to which topics may send messages, such as `*@example.com`, beside the template's own resources. */
  allowedEndpoints?: readonly string[];
  /** Names of exports of other stacks that templates may import, and outputs as `<stack>.<output>`. */
  allowedImports?: readonly string[];
  /**
   * Keys of tags that tell whose a resource is, such as `team:*`: a resource may have them only with the values that
   * its stack has. Optional, default none.
   */
  reservedTags?: readonly string[];
  /**
   * Paths of Parameter Store that belong to others, such as `/teams/`, but for what `allowedResources` lists. Optional,
   * default none.
   */
  reservedParameters?: readonly string[];
  /**
   * Keys of tags that together tell that a resource belongs to the stack's owner: a policy may act on whatever has
   * them all, with the values of the stack. Optional, default none: then a condition on tags allows nothing.
   */
  ownTags?: readonly string[];
}

/** The settings that template rules are made of. @public */
export interface TemplateSettings {
  accounts: readonly {
    id: string;
    permissionsBoundaryArn?: string;
    reach?: AllowedReach;
  }[];
  allowedResourceTypes?: readonly string[];
  allowedMacros?: readonly string[];
  /** For accounts that have none of their own. */
  permissionsBoundaryArn?: string;
  /** For all accounts; those of the account come in addition. */
  reach?: AllowedReach;
  settingNames?: TemplateRules['settingNames'];
}

/**
 * Returns the rules for templates that are deployed to an account.
 *
 * @public
 */
export function toTemplateRules(
  settings: TemplateSettings,
  account: string,
): TemplateRules {
  const own = settings.accounts.find(({ id }) => id === account);
  return {
    allowedResourceTypes:
      settings.allowedResourceTypes ?? defaultAllowedResourceTypes,
    allowedMacros: settings.allowedMacros,
    permissionsBoundary:
      own?.permissionsBoundaryArn ?? settings.permissionsBoundaryArn,
    reach: joinReach(settings.reach, own?.reach),
    settingNames: settings.settingNames,
  };
}

/** Joins lists of what templates may reach. @public */
export function joinReach(
  ...given: readonly (AllowedReach | undefined)[]
): AllowedReach {
  const join = (key: keyof AllowedReach) =>
    given.flatMap(reach => reach?.[key] ?? []);
  return {
    allowedPrincipals: join('allowedPrincipals'),
    allowedManagedPolicies: join('allowedManagedPolicies'),
    attachableRoles: join('attachableRoles'),
    passableRoles: join('passableRoles'),
    allowedDynamicReferences: join('allowedDynamicReferences'),
    allowedResources: join('allowedResources'),
    allowedEndpoints: join('allowedEndpoints'),
    allowedImports: join('allowedImports'),
    reservedTags: join('reservedTags'),
    reservedParameters: join('reservedParameters'),
    ownTags: join('ownTags'),
  };
}

/** The rules of an installation without configuration. @public */
export const defaultTemplateRules: TemplateRules = {
  allowedResourceTypes: defaultAllowedResourceTypes,
};
