import { InputError } from '@backstage/errors';
import { sha256 } from '@data-lake/aws';
import * as z from 'zod';
import { assertAllowedTemplate } from './assertAllowedTemplate';
import { asObject } from './json';
import { isMadeByMacro, listMacros } from './macros';
import { withPermissionsBoundary } from './permissionsBoundary';
import { Template } from './template';
import { TemplateRules } from './templateRules';
import { parseGivenText } from './templateText';

/** The parts of a template that are read; the rest is left to CloudFormation. */
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

/** CloudFormation's limit. */
const maxBytes = 1_048_576;

/**
 * Parses a template, JSON or YAML, and checks it against the rules. IAM roles and users get the
 * permissions boundary of the rules, if there is one.
 *
 * @throws InputError that lists all violations
 * @public
 */
export function parseTemplate(text: string, rules: TemplateRules): Template {
  assertSize(text);
  const given = parseGivenText(text);
  const { body, content } = withPermissionsBoundary(
    text,
    given,
    rules.permissionsBoundary,
  );
  assertSize(body);
  const shape = parseShape(content);
  assertAllowedTemplate(content, shape.Resources, rules);
  return toTemplate(body, { content, shape, rules });
}

function assertSize(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    throw new InputError(
      `The template has ${bytes} bytes; CloudFormation allows ${maxBytes}`,
    );
  }
}

/**
 * Checks the output of macros by the same rules as the template itself.
 *
 * @throws InputError that lists all violations
 */
export function assertAllowedContent(
  content: unknown,
  rules: TemplateRules,
): void {
  assertAllowedTemplate(content, parseShape(content).Resources, rules);
}

function parseShape(content: unknown) {
  const result = TemplateShape.safeParse(withoutMade(content));
  if (!result.success) {
    const problems = result.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    throw new InputError(
      `This is not a CloudFormation template: ${problems.join('; ')}`,
    );
  }
  if (Object.keys(asObject(asObject(content).Resources)).length === 0) {
    throw new InputError('The template has no resources');
  }
  return result.data;
}

/** Leaves out what macros will expand, which has no type yet. */
function withoutMade(content: unknown): unknown {
  const { Resources } = asObject(content);
  if (listMacros(content).length === 0) return content;
  return {
    ...asObject(content),
    Resources: Object.fromEntries(
      Object.entries(asObject(Resources)).filter(([id]) => !isMadeByMacro(id)),
    ),
  };
}

/** Tells whether NoEcho is set: `yes` and `on` are true in CloudFormation's YAML, and unknown values count. */
export const isNoEcho = (value: unknown) =>
  value !== undefined && !/^(false|no|off|n)$/i.test(String(value));

function toTemplate(
  body: string,
  options: {
    content: unknown;
    shape: z.infer<typeof TemplateShape>;
    rules: TemplateRules;
  },
): Template {
  const { content, shape, rules } = options;
  return {
    body,
    digest: sha256(body),
    parameters: Object.fromEntries(
      Object.entries(shape.Parameters).map(([name, { Default, NoEcho }]) => [
        name,
        {
          hasDefault: Default !== undefined,
          noEcho: isNoEcho(NoEcho),
          ...(isNoEcho(NoEcho) && Default !== undefined
            ? { secret: String(Default) }
            : {}),
        },
      ]),
    ),
    resourceTypes: Object.fromEntries(
      Object.entries(shape.Resources).map(([id, { Type }]) => [id, Type]),
    ),
    outputNames: Object.keys(shape.Outputs).filter(id => !isMadeByMacro(id)),
    macros: listMacros(content),
    rules,
    content,
  };
}
