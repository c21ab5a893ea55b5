import { Z } from '@data-lake/plugin-scaffolder-backend-module-aws';

/** A schema of this repository; its zod is newer than the scaffolder's. */
interface Schema<T> {
  toJSONSchema(): object;
  readonly _zod: { output: T };
}

/**
 * Converts a schema of this repository, of objects, arrays, enums and plain values, into one of the
 * scaffolder's zod.
 *
 * @throws Error for another kind
 */
export const toOutput = <T>(z: Z, schema: Schema<T>) =>
  convert(z, schema.toJSONSchema()) as ReturnType<typeof z.custom<T>>;

interface JsonSchema {
  type?: string;
  enum?: string[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

function convert(z: Z, schema: JsonSchema): ReturnType<Z['unknown']> | any {
  if (schema.enum) return z.enum(schema.enum as [string, ...string[]]);
  switch (schema.type) {
    case 'string':
      return z.string();
    case 'boolean':
      return z.boolean();
    case 'number':
      return z.number();
    case 'array':
      return z.array(convert(z, schema.items!));
    case 'object': {
      const required = schema.required ?? [];
      const members = Object.entries(schema.properties ?? {}).map(
        ([name, member]) => {
          const converted = convert(z, member);
          return [
            name,
            required.includes(name) ? converted : converted.optional(),
          ];
        },
      );
      return z.object(Object.fromEntries(members));
    }
    default:
      throw new Error(
        `An output of an action cannot be ${JSON.stringify(schema)}`,
      );
  }
}
