import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  fetchRepository,
  getOwner,
  Repository,
} from '@data-lake/plugin-data-lake-node';
import { auditStep } from '@data-lake/plugin-scaffolder-backend-module-aws';
import fs from 'fs-extra';
import { DataLakeServices } from './dataLakeServices';
import { StepContext } from './stepContext';

/**
 * Fetches the repository of an entity into a folder of the workspace, which is emptied, for a caller who may
 * deploy it.
 *
 * @throws NotFoundError, NotAllowedError; ConflictError if the branch has moved on from `commit`
 */
export async function fetchEntityProject(
  { auditor, entities, reader }: DataLakeServices,
  ctx: StepContext<unknown>,
  wanted: { entityRef: string; path: string; commit?: string },
): Promise<Repository & { owner: string }> {
  const { entityRef, path, commit } = wanted;
  const event = { auditor, ctx, eventId: 'project-fetch', meta: { entityRef } };
  const { entity, owner } = await auditStep(event, async () => {
    const credentials = await ctx.getInitiatorCredentials();
    const found = await entities.readEntity(credentials, entityRef, 'deploy');
    return { entity: found, owner: getOwner(found) };
  });
  const folder = resolveSafeChildPath(ctx.workspacePath, path);
  // an earlier try may have left another commit
  await fs.emptyDir(folder);
  const { signal } = ctx;
  const source = { entity, reader, folder, commit, signal };
  const repository = await fetchRepository(source);
  ctx.logger.info(
    `${repository.url} at ${repository.commit ?? 'its newest commit'}`,
  );
  return { ...repository, owner };
}
