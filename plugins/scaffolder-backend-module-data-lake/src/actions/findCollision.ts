import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import {
  isOwnedBy,
  isSameRef,
  listEnvironmentAnnotations,
  parseEnvironment,
} from '@data-lake/plugin-data-lake-common';
import {
  collides,
  listShorterPrefixes,
  toConfirmation,
} from '@data-lake/plugin-data-lake-node';
import { DataLakeServices } from './dataLakeServices';

/**
 * Finds an environment of the account whose names begin as a new one's, so that the policies of one would match
 * what is the other's: in the catalog, which is read whole, and among the stacks that are deployed.
 *
 * @param wanted - `prefix`: `P-E` of the new environment; `entityRef`: its entity
 * @returns what is wrong, and what to do
 */
export async function findCollision(
  services: Pick<DataLakeServices, 'auth' | 'catalog'>,
  wanted: {
    clients: AwsClients;
    prefix: string;
    entityRef: string;
    signal?: AbortSignal;
  },
): Promise<string | undefined> {
  const other =
    (await findRegistered(services, wanted)) ?? (await findDeployed(wanted));
  return (
    other &&
    `Names of ${wanted.prefix} begin as those of ${other}, so that the permissions of one would match the other’s. Choose another project or environment name`
  );
}

type Wanted = Parameters<typeof findCollision>[1];

/** An entity that the caller cannot see collides as well. */
async function findRegistered(
  { auth, catalog }: Pick<DataLakeServices, 'auth' | 'catalog'>,
  { clients, prefix, entityRef }: Wanted,
): Promise<string | undefined> {
  const credentials = await auth.getOwnServiceCredentials();
  const fields = ['kind', 'metadata.name', 'metadata.namespace'];
  for await (const page of catalog.streamEntities(
    { fields: [...fields, 'metadata.annotations'], pageSize: 500 },
    { credentials },
  )) {
    for (const entity of page) {
      if (isSameRef(stringifyEntityRef(entity), entityRef)) continue;
      const other = listPrefixes(entity, clients.target.account).find(each =>
        collides(each, prefix),
      );
      if (other) return other;
    }
  }
  return undefined;
}

function listPrefixes(entity: Entity, account: string): string[] {
  return listEnvironmentAnnotations(entity).flatMap(([key, text]) => {
    try {
      const environment = parseEnvironment(key, text);
      return environment.account === account
        ? [toConfirmation(environment)]
        : [];
    } catch {
      // an annotation that cannot be read names no environment
      return [];
    }
  });
}

async function findDeployed({
  clients,
  prefix,
  entityRef,
  signal,
}: Wanted): Promise<string | undefined> {
  for (const shorter of listShorterPrefixes(prefix)) {
    const stack = await findStack(clients, `${shorter}-foundations`, signal);
    if (stack && !isOwnedBy(stack.tags, entityRef)) return shorter;
  }
  return undefined;
}
