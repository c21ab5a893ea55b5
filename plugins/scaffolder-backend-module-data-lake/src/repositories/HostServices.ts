import { UrlReaderService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { RepositoriesConfig } from '@data-lake/plugin-data-lake-node';
import { CodeHostServices } from './codeHosts/CodeHostType';

/** What a code host works with. */
export interface HostServices extends CodeHostServices {
  catalog: CatalogService;
  reader: UrlReaderService;
  settings: RepositoriesConfig;
}

/** The author of commits, as of the official actions. */
export const toAuthor = ({ config }: HostServices) => ({
  name:
    config.getOptionalString('scaffolder.defaultAuthor.name') ?? 'Scaffolder',
  email:
    config.getOptionalString('scaffolder.defaultAuthor.email') ??
    'scaffolder@backstage.io',
});
