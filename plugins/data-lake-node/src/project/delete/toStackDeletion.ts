import {
  removableTagKey,
  tokenPrefix,
  toOwnership,
} from '@data-lake/plugin-data-lake-common';
import { DeleteOptions } from '@data-lake/cloudformation';
import { TeardownRequest } from './TeardownRequest';

/** Converts to what the engine needs to know of a data lake's stack, the same in a plan and a deletion. */
export const toStackDeletion = (
  { entityRef }: Pick<TeardownRequest, 'entityRef'>,
  stackName: string,
): Pick<
  DeleteOptions,
  'stackName' | 'ownership' | 'tokenPrefix' | 'removableKey'
> => ({
  stackName,
  ownership: toOwnership(entityRef),
  tokenPrefix,
  removableKey: removableTagKey,
});
