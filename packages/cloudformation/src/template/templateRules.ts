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
  /** Names of the settings that error messages refer to; optional, default the names of the rules. */
  settingNames?: { allowedResourceTypes: string; allowedMacros: string };
}

/** The settings that template rules are made of. @public */
export interface TemplateSettings {
  accounts: readonly { id: string; permissionsBoundaryArn?: string }[];
  allowedResourceTypes?: readonly string[];
  allowedMacros?: readonly string[];
  /** For accounts that have none of their own. */
  permissionsBoundaryArn?: string;
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
    settingNames: settings.settingNames,
  };
}

/** The rules of an installation without configuration. @public */
export const defaultTemplateRules: TemplateRules = {
  allowedResourceTypes: defaultAllowedResourceTypes,
};
