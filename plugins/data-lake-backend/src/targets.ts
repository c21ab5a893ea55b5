import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  EnvironmentRef,
  environmentAnnotationPrefix,
  parseEnvironments,
} from '@data-lake/plugin-data-lake-common';
import { Accounts } from '@data-lake/plugin-data-lake-node';

/** An environment that may be observed. */
export interface Target {
  entityRef: string;
  environment: EnvironmentRef;
  owner?: string;
}

/** An environment that may not, and why: shown beside the others. */
export interface RefusedTarget {
  entityRef: string;
  name: string;
  account: string;
  region: string;
  health: 'denied' | 'failed';
  /** What is wrong, and what to do. */
  message: string;
}

/** The environments of an entity; one that is wrong does not take the others along. */
export function listTargets(
  entity: Entity,
  accounts: Accounts,
): (Target | RefusedTarget)[] {
  return Object.keys(entity.metadata.annotations ?? {})
    .filter(key => key.startsWith(environmentAnnotationPrefix))
    .sort()
    .map(key => toTarget(entity, key, accounts));
}

/** @throws NotFoundError, NotAllowedError where the entity has no such environment for its owner */
export function findTarget(
  entity: Entity,
  environment: string,
  accounts: Accounts,
): Target {
  const target = listTargets(entity, accounts).find(
    t => nameOf(t) === environment,
  );
  if (!target) {
    throw new NotFoundError(
      `${stringifyEntityRef(entity)} has no environment ${environment}`,
    );
  }
  if (!('environment' in target)) throw new NotAllowedError(target.message);
  return target;
}

const nameOf = (target: Target | RefusedTarget) =>
  'environment' in target ? target.environment.name : target.name;

function toTarget(
  entity: Entity,
  annotation: string,
  accounts: Accounts,
): Target | RefusedTarget {
  const entityRef = stringifyEntityRef(entity);
  const owner = findOwner(entity);
  const refused: RefusedTarget = {
    entityRef,
    name: annotation.slice(environmentAnnotationPrefix.length),
    account: '',
    region: '',
    health: 'failed',
    message: '',
  };
  let environment: EnvironmentRef;
  try {
    [environment] = parseEnvironments(withOnly(entity, annotation));
  } catch (error) {
    return { ...refused, message: (error as Error).message };
  }
  const { account, region } = environment;
  try {
    // Without an owner only accounts that are open to all: nobody's groups are asked.
    accounts.assertAllowed({ account, region, owner: owner ?? 'nobody' });
  } catch (error) {
    const { message } = error as Error;
    return { ...refused, account, region, health: 'denied', message };
  }
  return { entityRef, environment, owner };
}

function withOnly(entity: Entity, annotation: string): Entity {
  const text = entity.metadata.annotations![annotation];
  return {
    ...entity,
    metadata: { ...entity.metadata, annotations: { [annotation]: text } },
  };
}

/** The catalog's own word: `spec.owner` may be short, and may be wrong. */
export function findOwner(entity: Entity): string | undefined {
  return entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
    ?.targetRef;
}
