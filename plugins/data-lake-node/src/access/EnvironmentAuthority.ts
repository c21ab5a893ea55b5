import { NotAllowedError } from '@backstage/errors';
import { AuthorizeTags } from '@data-lake/aws';
import { tagKeys } from '@data-lake/plugin-data-lake-common';

/**
 * What a caller may touch of an environment that is in AWS already. Every deployment, rollback and deletion
 * takes one: `authorizeEnvironment` makes it for a user, `toOwnerAuthority` for a CI job.
 *
 * @public
 */
export interface EnvironmentAuthority {
  /** Gets the tags of a stack; throws if the caller may not touch it. */
  authorizeStack: AuthorizeTags;
  /** Gets the name of a bucket before anything in it is written or deleted; throws if the caller may not. */
  authorizeBucket: (bucket: string) => Promise<void>;
}

/** The tags that name an owner: a project may name a bucket that the generic actions made. */
export const ownerTagKeys: readonly string[] = [
  tagKeys.owner,
  'backstage:owner',
];

/**
 * Refuses a stack or bucket that belongs to an entity and names no owner: nobody knows whose it is.
 *
 * @param what - such as `The stack`
 * @throws NotAllowedError that names the tag
 */
export function assertNamesOwner(
  what: string,
  tags: Readonly<Record<string, string>>,
): void {
  const entity = tags[tagKeys.entity];
  if (!entity || tags[tagKeys.owner]) return;
  throw new NotAllowedError(
    `${what} belongs to ${entity} and has no tag ${tagKeys.owner}, so its owner is unknown. Add the tag in AWS`,
  );
}
