import type { JsonObject } from '@backstage/types';
import { parseEntityRef } from '@backstage/catalog-model';

/** Returns the path of the page of a task, with its log and its buttons to cancel and to retry. */
export function toTaskPath(id: string): string {
  return `/create/tasks/${encodeURIComponent(id)}`;
}

/** Returns the path of the form of a template, filled in with known values. */
export function toTemplatePath(templateRef: string, values: JsonObject) {
  const { namespace, name } = parseEntityRef(templateRef);
  const query = new URLSearchParams({ formData: JSON.stringify(values) });
  return `/create/templates/${namespace}/${name}?${query}`;
}
