import { InputError } from '@backstage/errors';
import { findBrokenLimits } from './findBrokenLimits';
import { listMacros } from './macros';
import { findWrongBoundaries } from './permissionsBoundary';
import { isAllowedType } from './resourceTypes';
import { TemplateRules } from './templateRules';

/**
 * Checks a template against CloudFormation's limits and the rules: macros, resource types and permissions boundaries.
 *
 * @throws InputError that lists all violations
 */
export function assertAllowedTemplate(
  content: unknown,
  resources: Record<string, { Type: string }>,
  rules: TemplateRules,
): void {
  const problems = [
    ...findBrokenLimits(content),
    ...findRefusedMacros(listMacros(content), rules),
    ...findRefusedTypes(resources, rules),
    ...findWrongBoundaries(content, rules.permissionsBoundary),
  ];
  if (problems.length > 0) {
    throw new InputError(`The template is refused: ${problems.join('; ')}`);
  }
}

function findRefusedMacros(
  macros: readonly string[],
  { allowedMacros = [], settingNames }: TemplateRules,
): string[] {
  const setting = settingNames?.allowedMacros ?? 'allowedMacros';
  return macros
    .filter(name => !allowedMacros.includes(name))
    .map(name => `it uses the macro ${name}, which ${setting} does not list`);
}

/** Finds resources of types that the rules do not list, one line each. */
export function findRefusedTypes(
  resources: Record<string, { Type: string }>,
  { allowedResourceTypes: allowed, settingNames }: TemplateRules,
): string[] {
  const setting = settingNames?.allowedResourceTypes ?? 'allowedResourceTypes';
  return Object.entries(resources).flatMap(([id, { Type }]) => {
    if (isCustom(Type) && !isListedCustom(Type, allowed)) {
      return [
        `${id} is a custom resource (${Type}), which would run code and which ${setting} does not list`,
      ];
    }
    if (holdsOthers(Type) && !allowed.includes(Type)) {
      return [
        `${id} (${Type}) would bring resources or code that were not checked, and ${setting} does not list it by its full name`,
      ];
    }
    if (!isAllowedType(Type, allowed)) {
      return [`${id} has type ${Type}, which ${setting} does not list`];
    }
    return [];
  });
}

const isCustom = (type: string) =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** Nested stacks, macros, hooks and the like: a pattern does not include them. */
const holdsOthers = (type: string) =>
  type.endsWith('::MODULE') ||
  (type.startsWith('AWS::CloudFormation::') && !harmless.has(type)) ||
  /^AWS::(Serverless::Application|ServiceCatalog::CloudFormationProvisionedProduct)$/.test(
    type,
  );

/** What CloudFormation itself has, and what neither runs code nor brings resources. */
const harmless = new Set([
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
]);

/** Only the type's own name or a pattern of custom resources lists one: `*` allows no code. */
const isListedCustom = (type: string, allowed: readonly string[]) =>
  isAllowedType(
    type,
    allowed.filter(entry => isCustom(entry)),
  );
