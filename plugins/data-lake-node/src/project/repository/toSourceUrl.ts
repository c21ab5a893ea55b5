import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  Entity,
  getEntitySourceLocation,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * Gets the URL of an entity's repository: that of its source location; the reader decides whether it may be
 * read.
 *
 * @throws InputError if the location is neither a URL nor a file
 * @public
 */
export function toSourceUrl(entity: Entity): string {
  const { type, target } = getEntitySourceLocation(entity);
  if (type === 'url') return target;
  if (type === 'file') return `${pathToFileURL(dirname(target))}/`;
  throw new InputError(
    `${stringifyEntityRef(
      entity,
    )} comes from a ${type} location (${target}), which cannot be read as a repository. Give it the annotation backstage.io/source-location: url:…`,
  );
}
