import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import * as z from 'zod';

export const entityPath = '/entities/:namespace/:kind/:name';
export const environmentPath = `${entityPath}/environments/:environment`;

export const EntityParams = z.object({
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
});

/** @see `EntityParams` */
export type EntityParams = z.infer<typeof EntityParams>;

export const EnvironmentParams = EntityParams.extend({
  environment: z.string(),
});

/** The ref of the entity that a path names, for the audit log. */
export const toEntityRef = ({ kind, namespace, name }: CompoundEntityRef) =>
  stringifyEntityRef({ kind, namespace, name });

/** @throws InputError with each field and the rule it breaks */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InputError(z.prettifyError(parsed.error));
}
