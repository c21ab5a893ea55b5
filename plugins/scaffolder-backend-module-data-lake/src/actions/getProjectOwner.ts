import { InputError } from '@backstage/errors';
import { isSameRef, Project } from '@data-lake/plugin-data-lake-common';
import { EntityAct, getOwner } from '@data-lake/plugin-data-lake-node';
import { DataLakeServices } from './dataLakeServices';
import { StepContext } from './stepContext';

/**
 * Gets the owner to whom the accounts of a project must be open. A project that the catalog has needs the
 * right to the act, and its owner is the catalog's, which `project.yaml` must name too: it becomes the tag
 * of all its resources. A new project, which is registered after its first deployment, has the owner that
 * its `project.yaml` names.
 *
 * @throws NotFoundError, NotAllowedError if the caller may not do the act
 * @throws InputError if `project.yaml` names another owner than the catalog
 */
export async function getProjectOwner(
  { auth, catalog, entities }: DataLakeServices,
  ctx: Pick<StepContext<unknown>, 'getInitiatorCredentials'>,
  project: Pick<Project, 'entity' | 'owner'>,
  act: EntityAct,
): Promise<string> {
  // an entity that the caller cannot see is not new
  const isNew = !(await catalog.getEntityByRef(project.entity, {
    credentials: await auth.getOwnServiceCredentials(),
  }));
  if (isNew) return project.owner;
  const credentials = await ctx.getInitiatorCredentials();
  const owner = getOwner(
    await entities.readEntity(credentials, project.entity, act),
  );
  if (isSameRef(owner, project.owner)) return owner;
  throw new InputError(
    `project.yaml names the owner ${project.owner}, and the catalog ${owner}. Correct owner in project.yaml, or spec.owner in catalog-info.yaml`,
  );
}
