import { isEndangered } from '@data-lake/plugin-data-lake-common';
import type {
  DeploymentPreview,
  PreviewedResource,
  StackPreview,
} from '@data-lake/plugin-data-lake-common';

/** One thing that a deployment does only with somebody's yes. */
export type Danger =
  | { kind: 'data'; id: string; resource: PreviewedResource }
  | { kind: 'permissions'; id: string; logicalId: string; texts: string[] }
  | { kind: 'files'; id: string; place: string; deleted: string[] };

/** The same that the deployment itself asks for: what is not told here, it refuses. */
export function findDangers({ stacks, uploads }: DeploymentPreview): Danger[] {
  const files = uploads
    .filter(({ deletesMany }) => deletesMany)
    .map(({ place, deleted }) => ({
      kind: 'files' as const,
      id: `files ${place}`,
      place,
      deleted,
    }));
  return [...stacks.flatMap(findStackDangers), ...files];
}

function findStackDangers(stack: StackPreview): Danger[] {
  const data = stack.resources.filter(isEndangered).map(resource => ({
    kind: 'data' as const,
    id: `${stack.name} data ${resource.logicalId}`,
    resource,
  }));
  // the permissions of a new stack are not broader than before
  if (stack.does !== 'update') return data;
  const ids = [...new Set(stack.broader.map(({ logicalId }) => logicalId))];
  const permissions = ids.map(logicalId => ({
    kind: 'permissions' as const,
    id: `${stack.name} permissions ${logicalId}`,
    logicalId,
    texts: stack.broader
      .filter(b => b.logicalId === logicalId)
      .map(({ text }) => text),
  }));
  return [...data, ...permissions];
}
