import { AuditorService } from '@backstage/backend-plugin-api';
import {
  AccountAccess,
  AwsClientFactory,
  AwsDeployConfig,
} from '@data-lake/aws';
import { AllowedReach } from '@data-lake/cloudformation';
import { OwnershipTags } from '../ownership';

/** Services that the actions use. */
export interface AwsServices {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  ownership: readonly OwnershipTags[];
  /** Tags and names that templates may use of others by permission only. */
  reserved: AllowedReach;
  settings: AwsDeployConfig;
}
