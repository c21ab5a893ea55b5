import type { DeploymentPreview } from '@data-lake/plugin-data-lake-common';
import type { JsonObject } from '@backstage/types';
import type { Gate } from './listGates';

/**
 * Returns the values for the deployment template: the digests of the preview, and permission for its
 * gates. A new or replaced stack is deployed in two steps and has no digest.
 */
export function toTaskValues(options: {
  preview: DeploymentPreview;
  gates: readonly Gate[];
  entityRef: string;
}): JsonObject {
  const { preview, gates, entityRef } = options;
  const there = preview.stacks.filter(
    ({ does }) => does !== 'create' && does !== 'replace',
  );
  const many = gates.flatMap(gate =>
    gate.kind === 'files' ? gate.deleted.length : [],
  );
  return {
    entityRef,
    environment: preview.environment,
    ...(preview.commit && { commit: preview.commit }),
    previewDigests: Object.fromEntries(
      there.map(({ name, digest }) => [name, digest]),
    ),
    allowReplacement: gates.some(({ kind }) => kind === 'data'),
    allowBroaderPermissions: gates.some(({ kind }) => kind === 'permissions'),
    ...(many.length > 0 && { maxDeleted: Math.max(...many) }),
  };
}
