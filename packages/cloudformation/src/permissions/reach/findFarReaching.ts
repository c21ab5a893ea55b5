import { asObject } from '../../template/json';
import { TemplateResource } from '../../template/evaluateTemplate';
import type { BroaderPermission } from '../findBroaderPermissions';
import { grantsUnread } from '../grants/listGrants';
import { listAccountReach } from './accountReach';
import { listAttachmentReach } from './attachmentReach';
import { listEndpointReach } from './endpointReach';
import { findDynamicReferences } from './findDynamicReferences';
import { listIdentityReach } from './identityReach';
import { listImportReach } from './importReach';
import { listNameReach } from './nameReach';
import { listParameterReach, Parameters } from './parameterReach';
import { listPassedRoleReach } from './passedRoleReach';
import { ReachScope } from './reachScope';
import { listTagReach } from './tagReach';
import { listTrustReach } from './trustReach';

/** What may hold dynamic references and imports beside the evaluated resources. */
interface Texts {
  /** The template as it is written. */
  content: unknown;
  given: Parameters['given'];
  values: Parameters['values'];
}

/**
 * Finds what a template does beyond its own resources: principals outside the account that it trusts, roles
 * and resources of others that it changes or acts as, rights over others, secrets and exports that it reads,
 * endpoints that get messages, names and tags of others. What only CloudFormation knows counts. Lists of the rules
 * allow it. Texts are whole, so that they can be compared.
 */
export function findFarReaching(
  scope: ReachScope,
  { content, given, values }: Texts,
): BroaderPermission[] {
  const { allowedDynamicReferences } = scope.reach;
  const reads = (value: unknown) =>
    findDynamicReferences(value, allowedDynamicReferences).map(
      name => `reads {{resolve:${name}}}`,
    );
  const {
    Resources,
    Outputs,
    Conditions,
    Parameters: declared,
  } = asObject(content);
  const made = Object.entries(asObject(Resources)).filter(([id]) =>
    scope.resources.has(id),
  );
  const imports = listImportReach(
    [...made, [outputs, [Outputs, Conditions]]],
    { content, values },
    scope,
  );
  return [
    ...[...scope.resources].flatMap(([id, resource]) =>
      [
        ...listReach(resource, scope),
        ...reads(resource),
        ...(imports.get(id) ?? []),
      ].map(text => toPermission(id, resource.type, text)),
    ),
    ...[...reads(Outputs), ...(imports.get(outputs) ?? [])].map(text =>
      toPermission('Outputs', 'output', text),
    ),
    ...listParameterReach({ declared, given, values }, scope).map(text =>
      toPermission('Parameters', 'parameter', text),
    ),
  ];
}

/** No logical id has a space. */
const outputs = 'the outputs';

const listReach = (resource: TemplateResource, scope: ReachScope): string[] => [
  ...listTrustReach(resource, scope),
  ...listIdentityReach(resource, scope),
  ...listAttachmentReach(resource, scope),
  ...listAccountReach(resource, scope),
  ...listPassedRoleReach(resource, scope),
  ...listEndpointReach(resource, scope),
  ...listNameReach(resource, scope),
  ...listTagReach(resource, scope),
  ...(grantsUnread(resource.type)
    ? [`grants what is not read here (${resource.type})`]
    : []),
];

const toPermission = (
  logicalId: string,
  type: string,
  text: string,
): BroaderPermission => ({
  logicalId,
  type,
  of: 'iam',
  text,
  farReaching: true,
});
