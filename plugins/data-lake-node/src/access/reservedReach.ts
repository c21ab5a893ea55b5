import type { AllowedReach } from '@data-lake/cloudformation';

/**
 * What tells whose something is: no template, of a data lake or not, may make it with the tags of another owner or
 * environment, or with the name of another environment's parameter.
 *
 * @public
 */
export const reservedReach = {
  reservedTags: ['data-lake:*', 'backstage:owner', 'backstage:entity'],
  reservedParameters: ['/data-lake/'],
} satisfies AllowedReach;
