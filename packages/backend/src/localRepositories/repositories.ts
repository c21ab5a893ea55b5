import { RootConfigService } from '@backstage/backend-plugin-api';
import { resolve } from 'node:path';

/** Told on this topic whenever a repository was published. */
export const publishedTopic = 'local-repositories.published';

/** The absolute folder of the local repositories, or undefined where config names none. */
export function findRepositoriesFolder(
  config: RootConfigService,
): string | undefined {
  const path = config.getOptionalString('localRepositories.path');
  return path && resolve(path);
}
