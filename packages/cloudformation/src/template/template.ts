import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import * as z from 'zod';
import { isMadeByMacro, listMacros } from './macros';
import {
  findWrongBoundaries,
  withPermissionsBoundary,
} from './permissionsBoundary';
import { asObject } from './evaluateTemplate';
import { isAllowedType } from './resourceTypes';
import { parseTemplateText } from './templateText';

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
 * What a template may hold; of an account, or of the installation.
 *
 * @public
 */
export interface TemplateRules {
  /** Types, and patterns such as `AWS::Glue::*`. Custom resources must be listed by `Custom::…`. */
  allowedResourceTypes: readonly string[];
  /** Names of macros, such as `AWS::LanguageExtensions`; none where absent. */
  allowedMacros?: readonly string[];
  /** ARN of a policy that every IAM role and user gets, and no other. */
  permissionsBoundary?: string;
}

/** @public */
export interface TemplateParameter {
  hasDefault: boolean;
  noEcho: boolean;
  /** The default of one that is not shown. */
  secret?: string;
}

/**
 * A template, read as data and never executed.
 *
 * @public
 */
export interface Template {
  /**
   * What is sent to CloudFormation; of a JSON template, exactly what was checked, with the permissions
   * boundary where one is added.
   */
  body: string;
  /** SHA-256 of the body, in hex. */
  digest: string;
  parameters: Record<string, TemplateParameter>;
  /** Type by logical id. */
  resourceTypes: Record<string, string>;
  outputNames: string[];
  /** Names of the macros that it uses. */
  macros: string[];
  /** By which it was checked. */
  rules: TemplateRules;
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
 * Reads a template, JSON or YAML, and checks it: only macros, custom resources and types that are
 * allowed. IAM roles and users get the permissions boundary, where there is one.
 *
 * @throws InputError that lists everything that is wrong
 * @public
 */
export function parseTemplate(text: string, rules: TemplateRules): Template {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    throw new InputError(
      `The template has ${bytes} bytes; CloudFormation allows ${maxBytes}`,
    );
  }
  const { content: given, isJson } = parseTemplateText(text);
  const shape = parseShape(given);
  const content = withPermissionsBoundary(given, rules.permissionsBoundary);
  assertAllowed(content, shape.Resources, rules);
  const isSent = isJson || content !== given;
  return toTemplate(isSent ? JSON.stringify(content) : text, {
    content,
    shape,
    rules,
  });
}

/**
 * Checks what macros have made of a template like what was given.
 *
 * @throws InputError that lists everything that is wrong
 */
export function assertAllowedContent(
  content: unknown,
  rules: TemplateRules,
): void {
  assertAllowed(content, parseShape(content).Resources, rules);
}

function assertAllowed(
  content: unknown,
  resources: Record<string, { Type: string }>,
  rules: TemplateRules,
): void {
  const problems = [
    ...findRefusedMacros(listMacros(content), rules),
    ...findRefusedTypes(resources, rules.allowedResourceTypes),
    ...findWrongBoundaries(content, rules.permissionsBoundary),
  ];
  if (problems.length > 0) {
    throw new InputError(`The template is refused: ${problems.join('; ')}`);
  }
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

/** What macros are yet to make has no type. */
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

function findRefusedMacros(
  macros: readonly string[],
  { allowedMacros = [] }: TemplateRules,
): string[] {
  return macros
    .filter(name => !allowedMacros.includes(name))
    .map(
      name =>
        `it uses the macro ${name}, which dataLake.deploy.allowedMacros does not list`,
    );
}

function findRefusedTypes(
  resources: Record<string, { Type: string }>,
  allowed: readonly string[],
): string[] {
  return Object.entries(resources).flatMap(([id, { Type }]) => {
    if (isCustom(Type) && !isListedCustom(Type, allowed)) {
      return [
        `${id} is a custom resource (${Type}), which would run code, and which dataLake.deploy.allowedResourceTypes does not list`,
      ];
    }
    if (holdsOthers(Type) && !allowed.includes(Type)) {
      return [
        `${id} (${Type}) would bring resources that nobody has looked at, and dataLake.deploy.allowedResourceTypes does not list it by its full name`,
      ];
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

/** Nested stacks and their like: a pattern does not mean them. */
const holdsOthers = (type: string) =>
  type.endsWith('::MODULE') ||
  /^AWS::(CloudFormation::(Macro|Stack|StackSet)|Serverless::Application|ServiceCatalog::CloudFormationProvisionedProduct)$/.test(
    type,
  );

/** Only by its own name or a pattern of custom resources: `*` means no code. */
const isListedCustom = (type: string, allowed: readonly string[]) =>
  isAllowedType(
    type,
    allowed.filter(entry => isCustom(entry)),
  );

/** `yes` and `on` are true to CloudFormation's YAML; in doubt it is a secret. */
export const isYes = (value: unknown) =>
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
    digest: createHash('sha256').update(body).digest('hex'),
    parameters: Object.fromEntries(
      Object.entries(shape.Parameters).map(([name, { Default, NoEcho }]) => [
        name,
        {
          hasDefault: Default !== undefined,
          noEcho: isYes(NoEcho),
          ...(isYes(NoEcho) && Default !== undefined
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
