import {
  AuditorService,
  AuthService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import {
  AccountAccess,
  AwsClientFactory,
  AwsDeployConfig,
} from '@data-lake/aws';
import { EntityAccess } from '@data-lake/plugin-data-lake-node';
import { RepositoryHosts } from '../repositories/RepositoryHosts';

/** Services that the actions use. */
export interface DataLakeServices {
  access: AccountAccess;
  auditor: AuditorService;
  auth: AuthService;
  aws: AwsClientFactory;
  catalog: CatalogService;
  entities: EntityAccess;
  reader: UrlReaderService;
  repositories: RepositoryHosts;
  scaffolder: ScaffolderService;
  settings: AwsDeployConfig;
}
