import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { fetchRepository } from './fetchRepository';

/**
 * Reads whether the main branch of an entity's repository allows the data of an environment to be deleted:
 * `removable` in `project.yaml`, the first of two keys, which a review turns.
 *
 * @throws the errors of `fetchRepository`
 * @public
 */
export async function readRemovable(options: {
  entity: Entity;
  environment: string;
  reader: UrlReaderService;
  signal?: AbortSignal;
}): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'data-lake-'));
  try {
    const { project } = await fetchRepository({ ...options, folder });
    return project.environments.some(
      ({ name, removable }) => name === options.environment && removable,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
