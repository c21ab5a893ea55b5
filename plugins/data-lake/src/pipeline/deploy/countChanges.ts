import type { DeploymentPreview } from '@data-lake/plugin-data-lake-common';

/** Counts the changes of a deployment. */
export function countChanges({ stacks, uploads }: DeploymentPreview) {
  const resources = stacks.flatMap(stack => stack.resources);
  const of = (...does: string[]) =>
    resources.filter(resource => does.includes(resource.does)).length;
  const changes = {
    added: of('added', 'adopted'),
    changed: of('changed'),
    replaced: of('replaced', 'perhaps replaced'),
    removed: of('removed'),
  };
  const files = uploads.reduce(
    (sum, { uploaded, deleted }) => sum + uploaded.length + deleted.length,
    0,
  );
  return { ...changes, files, all: resources.length + files };
}
