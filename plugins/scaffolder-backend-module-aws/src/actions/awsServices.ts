import { AuditorService } from '@backstage/backend-plugin-api';
import {
  AccountAccess,
  AwsClientFactory,
  AwsDeployConfig,
} from '@data-lake/aws';
import { OwnershipTags } from '../ownership';

/** Services that the actions use. */
export interface AwsServices {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  ownership: readonly OwnershipTags[];
  settings: AwsDeployConfig;
}
