import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { Accounts } from '@data-lake/aws';
import {
  DeployedEnvironment,
  listEnvironmentAnnotations,
  ObservedEnvironment,
  parseEnvironment,
  toEnvironmentName,
} from '@data-lake/plugin-data-lake-common';
import { findOwner } from '@data-lake/plugin-data-lake-node';

/** An environment that may not be observed, and the reason; shown beside the others. */
export interface RefusedEnvironment {
  name: string;
  /** Empty if the annotation cannot be read. */
  account: string;
  region: string;
  health: 'denied' | 'failed';
  /** What is wrong, and what to do. */
  refusal: string;
}

/** Lists the environments of an entity; a wrong annotation does not affect the others. */
export function listEnvironments(
  entity: Entity,
  accounts: Accounts,
): (ObservedEnvironment | RefusedEnvironment)[] {
  return listEnvironmentAnnotations(entity).map(([key, text]) => {
    try {
      return assess(entity, parseEnvironment(key, text), accounts);
    } catch (error) {
      return {
        name: toEnvironmentName(key),
        account: '',
        region: '',
        health: 'failed',
        refusal: (error as Error).message,
      };
    }
  });
}

/** @throws NotFoundError, NotAllowedError if the entity has no such environment, or not for its owner */
export function getEnvironment(
  entity: Entity,
  name: string,
  accounts: Accounts,
): ObservedEnvironment {
  const found = listEnvironments(entity, accounts).find(e => e.name === name);
  if (!found) {
    throw new NotFoundError(
      `${stringifyEntityRef(entity)} has no environment ${name}`,
    );
  }
  if (isRefused(found)) throw new NotAllowedError(found.refusal);
  return found;
}

export function isRefused(
  environment: ObservedEnvironment | RefusedEnvironment,
): environment is RefusedEnvironment {
  return 'refusal' in environment;
}

function assess(
  entity: Entity,
  environment: DeployedEnvironment,
  accounts: Accounts,
): ObservedEnvironment | RefusedEnvironment {
  const { name, account, region } = environment;
  const owner = findOwner(entity);
  try {
    // Without an owner, only accounts that are open to every owner.
    accounts.assertAllowed({ account, region, owner: owner ?? noOwner });
  } catch (error) {
    const refusal = (error as Error).message;
    return { name, account, region, health: 'denied', refusal };
  }
  return { ...environment, entityRef: stringifyEntityRef(entity), owner };
}

/** An owner that no account is open to. */
export const noOwner = 'nobody';
