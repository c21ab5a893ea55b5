import { DataLakeConfig } from '@data-lake/aws';
import { defaultAllowedResourceTypes } from './resourceTypes';
import { TemplateRules } from './template';

/**
 * What templates may hold that are deployed to an account, by the configuration.
 *
 * @public
 */
export function templateRules(
  { accounts, deploy }: Pick<DataLakeConfig, 'accounts' | 'deploy'>,
  account: string,
): TemplateRules {
  const own = accounts.find(({ id }) => id === account);
  return {
    allowedResourceTypes:
      deploy.allowedResourceTypes ?? defaultAllowedResourceTypes,
    allowedMacros: deploy.allowedMacros,
    permissionsBoundary:
      own?.permissionsBoundaryArn ?? deploy.permissionsBoundaryArn,
  };
}

/** Where there is no configuration. */
export const defaultTemplateRules: TemplateRules = {
  allowedResourceTypes: defaultAllowedResourceTypes,
};
