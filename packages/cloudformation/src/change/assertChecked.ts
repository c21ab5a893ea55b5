import { InputError } from '@backstage/errors';
import { ResourceChange } from '../stack/resourceChange';
import { findRefusedTypes } from '../template/assertAllowedTemplate';
import { asObject } from '../template/json';
import { TemplateRules } from '../template/templateRules';

/** The changes that CloudFormation names, and the template that was checked. */
interface CheckedChange {
  stackName: string;
  resources: readonly Pick<ResourceChange, 'logicalId' | 'type' | 'does'>[];
  /** The template after macros. */
  content: unknown;
  rules: TemplateRules;
}

/**
 * Checks that CloudFormation would change only resources of the template that was checked: it may have read
 * another document in the same text. The resources of a module that the rules list are checked like others.
 *
 * @throws InputError that names each other resource
 */
export function assertChecked(change: CheckedChange): void {
  const others = change.resources.filter(
    ({ does, ...resource }) =>
      does !== 'removed' && !isChecked(resource, change),
  );
  if (others.length === 0) return;
  const names = others
    .slice(0, 10)
    .map(({ logicalId, type }) => `${logicalId} (${type})`);
  throw new InputError(
    `CloudFormation would change resources of stack ${
      change.stackName
    } that the checked template does not have: ${names.join(
      ', ',
    )}. Nothing was changed. Write the template as JSON, or in simpler YAML`,
  );
}

function isChecked(
  { logicalId, type }: Pick<ResourceChange, 'logicalId' | 'type'>,
  { content, rules }: CheckedChange,
): boolean {
  const resources = asObject(asObject(content).Resources);
  if (Object.hasOwn(resources, logicalId)) {
    return asObject(resources[logicalId]).Type === type;
  }
  const isOfModule = Object.entries(resources).some(
    ([id, resource]) =>
      String(asObject(resource).Type).endsWith('::MODULE') &&
      logicalId.startsWith(id),
  );
  return (
    isOfModule &&
    findRefusedTypes({ [logicalId]: { Type: type } }, rules).length === 0
  );
}
