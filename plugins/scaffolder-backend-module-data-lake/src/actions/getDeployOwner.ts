import { Project } from '@data-lake/plugin-data-lake-common';
import { getOwner } from '@data-lake/plugin-data-lake-node';
import { DataLakeServices } from './dataLakeServices';
import { StepContext } from './stepContext';

/**
 * Gets the owner to whom the accounts of a deployment must be open. A project that the catalog has needs
 * the permission of its entity, and its owner is the catalog's. A new project, which is registered after
 * its first deployment, has the owner that its `project.yaml` names.
 *
 * @throws NotFoundError, NotAllowedError if the caller may not deploy the entity
 */
export async function getDeployOwner(
  { auth, catalog, entities }: DataLakeServices,
  ctx: Pick<StepContext<unknown>, 'getInitiatorCredentials'>,
  project: Project,
): Promise<string> {
  // an entity that the caller cannot see is not new
  const isNew = !(await catalog.getEntityByRef(project.entity, {
    credentials: await auth.getOwnServiceCredentials(),
  }));
  if (isNew) return project.owner;
  const credentials = await ctx.getInitiatorCredentials();
  return getOwner(
    await entities.readEntity(credentials, project.entity, 'deploy'),
  );
}
