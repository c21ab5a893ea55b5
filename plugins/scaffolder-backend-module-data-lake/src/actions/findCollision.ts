import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import {
  environmentNamePattern,
  isSameRef,
  listEnvironmentAnnotations,
  parseEnvironment,
  toEntityRef,
  toPrefix,
} from '@data-lake/plugin-data-lake-common';
import {
  collides,
  findOwner,
  ProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import { DataLakeServices } from './dataLakeServices';

/**
 * Finds an environment of the account whose names begin as a new one's, so that the policies of one would match
 * what is the other's. The catalog is read whole; stacks outside it are not looked at, since the role of a project
 * may not read those of others.
 *
 * @param wanted - `prefix`: `P-E` of the new environment; `entityRef`: its entity
 * @returns what is wrong, and what to do
 */
export async function findCollision(
  services: Pick<DataLakeServices, 'access' | 'auth' | 'catalog'>,
  wanted: {
    clients: AwsClients;
    prefix: string;
    entityRef: string;
    signal?: AbortSignal;
  },
): Promise<string | undefined> {
  const other = await findRegistered(services, wanted);
  return (
    other &&
    `Names of ${wanted.prefix} begin as those of ${other}, so that the permissions of one would match the other’s. Choose another project or environment name`
  );
}

/**
 * Refuses a first deployment whose names begin as those of others: a push may have added its environment. What is
 * deployed already is not blocked by what others register later.
 *
 * @throws InputError
 */
export async function assertNoCollision(
  services: Pick<DataLakeServices, 'access' | 'auth' | 'catalog'>,
  options: {
    clients: AwsClients;
    deployment: ProjectDeploymentSpec;
    signal?: AbortSignal;
  },
): Promise<void> {
  const { clients, deployment, signal } = options;
  if (await findStack(clients, deployment.stackName, signal)) return;
  const collision = await findCollision(services, {
    clients,
    prefix: deployment.dagId,
    entityRef: deployment.entity,
    signal,
  });
  if (collision) throw new InputError(`Nothing was changed. ${collision}`);
}

type Wanted = Parameters<typeof findCollision>[1];

/** An entity that the caller cannot see collides as well. */
async function findRegistered(
  services: Pick<DataLakeServices, 'access' | 'auth' | 'catalog'>,
  { clients, prefix, entityRef }: Wanted,
): Promise<string | undefined> {
  const { access, auth, catalog } = services;
  const credentials = await auth.getOwnServiceCredentials();
  const fields = ['kind', 'metadata.name', 'metadata.namespace', 'relations'];
  for await (const page of catalog.streamEntities(
    { fields: [...fields, 'metadata.annotations'], pageSize: 500 },
    { credentials },
  )) {
    for (const entity of page) {
      if (isSameRef(stringifyEntityRef(entity), entityRef)) continue;
      const { account } = clients.target;
      const other = listPrefixes(entity, account).find(each =>
        collides(each, prefix),
      );
      const owner = findOwner(entity);
      if (other && owner && access.isOpenTo(account, owner)) return other;
    }
  }
  return undefined;
}

/**
 * Lists `P-E` of the environments that an entity has in an account. Its own name makes them, not those of the stacks
 * that its annotations name: otherwise one annotation would block the names of others.
 */
function listPrefixes(entity: Entity, account: string): string[] {
  const { name } = entity.metadata;
  if (!isSameRef(stringifyEntityRef(entity), toEntityRef(name))) return [];
  return listEnvironmentAnnotations(entity).flatMap(([key, text]) => {
    try {
      const environment = parseEnvironment(key, text);
      return environment.account === account &&
        environmentNamePattern.test(environment.name)
        ? [toPrefix(name, environment.name)]
        : [];
    } catch {
      // an annotation that cannot be read names no environment
      return [];
    }
  });
}
