import {
  ListPermissionsCommand,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { calling, listPages, toPartition } from '@data-lake/aws';
import { asList, asObject } from '@data-lake/cloudformation';
import { failed, passed, unknown } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';
import { listResourcesOfType, VerifyContext } from '../VerifyContext';

/** Every Lake Formation grant of the stacks is in place, if the project uses Lake Formation. */
export const lakeFormationCheck: ProjectCheck = {
  id: 'lake-formation',
  title: 'The Lake Formation grants are in place',
  async run(context) {
    const { project } = context;
    if (!project.lakeFormation) {
      return passed('The project does not use Lake Formation');
    }
    const grants = listResourcesOfType(
      context,
      'AWS::LakeFormation::PrincipalPermissions',
    );
    if (grants.length === 0) {
      return unknown('No stack grants permissions', 'Deploy the environment');
    }
    const missing: string[] = [];
    const unclear: string[] = [];
    for (const { logicalId, properties } of grants) {
      const grant = toGrant(context, properties);
      if (!grant) {
        unclear.push(logicalId);
        continue;
      }
      const permissions = await listMissing(context, grant);
      if (permissions.length > 0) {
        missing.push(`${logicalId}: ${permissions.join(', ')}`);
      }
    }
    if (missing.length > 0) {
      return failed(
        `No longer granted: ${missing.join('; ')}`,
        'Grant it again in Lake Formation (docs/security.md)',
      );
    }
    return unclear.length > 0
      ? unknown(
          `Only CloudFormation knows to whom and on what these are: ${unclear.join(
            ', ',
          )}`,
          'Compare them with Lake Formation by hand',
        )
      : passed(`${grants.length} grants`);
  },
};

/** A grant of a template, with the names that Lake Formation knows. */
interface Grant {
  /** ARN of whom it is for. */
  principal: string;
  resource: Resource;
  permissions: string[];
}

async function listMissing(
  context: VerifyContext,
  grant: Grant,
): Promise<string[]> {
  const granted = await listGranted(context, grant);
  return grant.permissions.filter(permission => !granted.has(permission));
}

/** https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_ListPermissions.html */
async function listGranted(
  { clients, signal }: VerifyContext,
  { principal, resource }: Grant,
): Promise<Set<string>> {
  const grants = await listPages(async NextToken => {
    const page = await calling(
      {
        what: `listing the Lake Formation permissions of ${principal}`,
        action: 'lakeformation:ListPermissions',
      },
      () =>
        clients.lakeformation.send(
          new ListPermissionsCommand({
            Principal: { DataLakePrincipalIdentifier: principal },
            Resource: resource,
            NextToken,
          }),
          { abortSignal: signal },
        ),
    );
    return {
      items: page.PrincipalResourcePermissions ?? [],
      next: page.NextToken,
    };
  });
  return new Set(grants.flatMap(({ Permissions = [] }) => Permissions));
}

/** Converts a resource of the template; undefined if it has values that only CloudFormation knows. */
function toGrant(
  context: VerifyContext,
  properties: Record<string, unknown>,
): Grant | undefined {
  const principal = toPrincipal(context, properties);
  const resource = toResource(properties.Resource);
  const permissions = asList(properties.Permissions).map(String);
  const isUnclear = /\$\{|"(Ref|Fn::\w+)":/.test(
    JSON.stringify([principal, resource]),
  );
  return principal && !isUnclear
    ? { principal, resource, permissions }
    : undefined;
}

/** Converts to the ARN of a role; the template has `Fn::GetAtt` for a role of its own. */
function toPrincipal(
  context: VerifyContext,
  properties: Record<string, unknown>,
): string | undefined {
  const given = asObject(properties.Principal).DataLakePrincipalIdentifier;
  if (typeof given === 'string') return given;
  const [logicalId = ''] = asList(asObject(given)['Fn::GetAtt']).map(String);
  const role = listResourcesOfType(context, 'AWS::IAM::Role').find(
    resource => resource.logicalId === logicalId.split('.')[0],
  );
  if (!role?.physicalId) return undefined;
  const { account, region } = context.clients.target;
  return `arn:${toPartition(region)}:iam::${account}:role/${role.physicalId}`;
}

/** Converts the template's resource: the API has the same kinds of resources. */
function toResource(value: unknown): Resource {
  const { Database, Table, DataLocation } = asObject(value) as Resource;
  if (DataLocation) return { DataLocation };
  return Database ? { Database } : { Table };
}
