import { RootConfigService } from '@backstage/backend-plugin-api';
import { resolve } from 'node:path';

/** Topic of the event that a repository was published. */
export const publishedTopic = 'local-repositories.published';

/** Finds the absolute folder of the local repositories in the configuration. */
export function findRepositoriesFolder(
  config: RootConfigService,
): string | undefined {
  const path = config.getOptionalString('localRepositories.path');
  return path && resolve(path);
}
