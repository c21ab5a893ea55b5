import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { isAllowedType } from './resourceTypes';
import { childrenOf, parseTemplateText } from './templateText';

/** What is read of a template; the rest is CloudFormation's business. */
const TemplateShape = z.looseObject({
  Parameters: z
    .record(
      z.string(),
      z.looseObject({
        Default: z.unknown().optional(),
        NoEcho: z.union([z.boolean(), z.string()]).optional(),
      }),
    )
    .default({}),
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })),
  Outputs: z.record(z.string(), z.unknown()).default({}),
});

/**
 * A template, read as data and never executed.
 *
 * @public
 */
export interface Template {
  /** What is sent to CloudFormation; of a JSON template, exactly what was checked. */
  body: string;
  /** SHA-256 of the body, in hex. */
  digest: string;
  parameters: Record<string, { hasDefault: boolean; noEcho: boolean }>;
  /** Type by logical id. */
  resourceTypes: Record<string, string>;
  outputNames: string[];
  /** Its text as data: short YAML tags such as `!Ref` in their long form. */
  content: unknown;
}

/** CloudFormation's limit. */
const maxBytes = 1_048_576;

/** The same of one given as text; a longer one is given by a bucket. */
export const maxTextBytes = 51_200;

/** Whether CloudFormation takes a template only from a bucket. @public */
export const isTooLongForText = ({ body }: Pick<Template, 'body'>) =>
  Buffer.byteLength(body) > maxTextBytes;

/**
 * Reads a template, JSON or YAML, and checks it: no macros, no custom resources, only allowed types.
 *
 * @throws InputError that lists everything that is wrong
 * @public
 */
export function parseTemplate(
  text: string,
  options: { allowedResourceTypes: readonly string[] },
): Template {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    throw new InputError(
      `The template has ${bytes} bytes; CloudFormation allows ${maxBytes}`,
    );
  }
  const { content, isJson } = parseTemplateText(text);
  const shape = parseShape(content);
  const problems = [
    ...findMacros(content),
    ...findRefusedTypes(shape.Resources, options.allowedResourceTypes),
  ];
  if (problems.length > 0) {
    throw new InputError(`The template is refused: ${problems.join('; ')}`);
  }
  return toTemplate(isJson ? JSON.stringify(content) : text, content, shape);
}

function parseShape(content: unknown) {
  const result = TemplateShape.safeParse(content);
  if (!result.success) {
    const problems = result.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    throw new InputError(
      `This is not a CloudFormation template: ${problems.join('; ')}`,
    );
  }
  if (Object.keys(result.data.Resources).length === 0) {
    throw new InputError('The template has no resources');
  }
  return result.data;
}

/** Macros run code of the account while deploying. */
function findMacros(content: unknown): string[] {
  const problems: string[] = [];
  if ((content as { Transform?: unknown }).Transform !== undefined) {
    problems.push('Transform (macros) is not allowed');
  }
  let level = [content];
  while (level.length > 0) {
    if (level.some(hasTransformFunction)) {
      problems.push('Fn::Transform (macros) is not allowed');
      break;
    }
    level = level.flatMap(childrenOf);
  }
  return problems;
}

function hasTransformFunction(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'Fn::Transform' in value
  );
}

function findRefusedTypes(
  resources: Record<string, { Type: string }>,
  allowed: readonly string[],
): string[] {
  return Object.entries(resources).flatMap(([id, { Type }]) => {
    if (isCustom(Type) && !allowed.includes(Type)) {
      return [`${id} is a custom resource (${Type}), which would run code`];
    }
    if (!isAllowedType(Type, allowed)) {
      return [
        `${id} has type ${Type}, which dataLake.deploy.allowedResourceTypes does not list`,
      ];
    }
    return [];
  });
}

const isCustom = (type: string) =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

function toTemplate(
  body: string,
  content: unknown,
  shape: z.infer<typeof TemplateShape>,
): Template {
  return {
    body,
    digest: createHash('sha256').update(body).digest('hex'),
    parameters: Object.fromEntries(
      Object.entries(shape.Parameters).map(([name, { Default, NoEcho }]) => [
        name,
        {
          hasDefault: Default !== undefined,
          noEcho: NoEcho === true || NoEcho === 'true',
        },
      ]),
    ),
    resourceTypes: Object.fromEntries(
      Object.entries(shape.Resources).map(([id, { Type }]) => [id, Type]),
    ),
    outputNames: Object.keys(shape.Outputs),
    content,
  };
}
