import { isEndangered } from '@data-lake/plugin-data-lake-common';
import type {
  DeploymentPreview,
  PreviewedResource,
  StackPreview,
} from '@data-lake/plugin-data-lake-common';

/** A change that a deployment makes only with confirmation. */
export type Gate =
  | { kind: 'data'; id: string; resource: PreviewedResource }
  | { kind: 'permissions'; id: string; logicalId: string; texts: string[] }
  | { kind: 'files'; id: string; destination: string; deleted: string[] };

/** Lists the gates of a preview. The deployment checks the same and refuses a gate without permission. */
export function listGates({ stacks, uploads }: DeploymentPreview): Gate[] {
  const files = uploads
    .filter(({ deletesMany }) => deletesMany)
    .map(({ destination, deleted }) => ({
      kind: 'files' as const,
      id: `files ${destination}`,
      destination,
      deleted,
    }));
  return [...stacks.flatMap(listStackGates), ...files];
}

function listStackGates(stack: StackPreview): Gate[] {
  const data = stack.resources.filter(isEndangered).map(resource => ({
    kind: 'data' as const,
    id: `${stack.name} data ${resource.logicalId}`,
    resource,
  }));
  const gated = listGatedPermissions(stack);
  const ids = [...new Set(gated.map(({ logicalId }) => logicalId))];
  const permissions = ids.map(logicalId => ({
    kind: 'permissions' as const,
    id: `${stack.name} permissions ${logicalId}`,
    logicalId,
    texts: gated.filter(b => b.logicalId === logicalId).map(({ text }) => text),
  }));
  return [...data, ...permissions];
}

/** The permissions of a new stack are not broader than before, unless they reach beyond it. */
export const listGatedPermissions = ({
  does,
  broader,
}: Pick<StackPreview, 'does' | 'broader'>): StackPreview['broader'] =>
  does === 'create' || does === 'replace'
    ? broader.filter(each => each.farReaching)
    : broader;
