import type { JsonObject } from '@backstage/types';
import { parseEntityRef } from '@backstage/catalog-model';

/** The page of a task: its log, and its buttons to cancel and to try again. */
export function toTaskPath(id: string): string {
  return `/create/tasks/${encodeURIComponent(id)}`;
}

/** The form of a template, filled in as far as it is known. */
export function toTemplatePath(templateRef: string, values: JsonObject) {
  const { namespace, name } = parseEntityRef(templateRef);
  const query = new URLSearchParams({ formData: JSON.stringify(values) });
  return `/create/templates/${namespace}/${name}?${query}`;
}
