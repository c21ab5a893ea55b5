import type { DeploymentPreview } from '@data-lake/plugin-data-lake-common';
import type { JsonObject } from '@backstage/types';
import type { Danger } from './listGates';

/**
 * What the deploying template is given: exactly what was previewed, and a yes to what was ticked. A stack
 * that is made anew takes two steps, and so has no digest.
 */
export function toTaskValues(options: {
  preview: DeploymentPreview;
  dangers: readonly Danger[];
  entityRef: string;
}): JsonObject {
  const { preview, dangers, entityRef } = options;
  const there = preview.stacks.filter(
    ({ does }) => does === 'update' || does === 'nothing',
  );
  const many = dangers.flatMap(danger =>
    danger.kind === 'files' ? danger.deleted.length : [],
  );
  return {
    entityRef,
    environment: preview.environment,
    ...(preview.commit && { commit: preview.commit }),
    previewDigests: Object.fromEntries(
      there.map(({ name, digest }) => [name, digest]),
    ),
    allowReplacement: dangers.some(({ kind }) => kind === 'data'),
    allowBroaderPermissions: dangers.some(({ kind }) => kind === 'permissions'),
    ...(many.length > 0 && { maxDeleted: Math.max(...many) }),
  };
}
