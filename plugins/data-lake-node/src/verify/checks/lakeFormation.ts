import {
  ListPermissionsCommand,
  PrincipalResourcePermissions,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { calling } from '@data-lake/aws';
import { asList, asObject } from '@data-lake/cloudformation';
import { resourcesOf, VerifyContext } from '../context';
import { failed, passed, ProjectCheck, unknown } from '../checkOutcome';

/** What the stack grants in Lake Formation is granted, where the project has chosen so. */
export const lakeFormation: ProjectCheck = {
  id: 'lake-formation',
  title: 'The Lake Formation grants are in place',
  async look(context) {
    const { project } = context;
    if (!project.lakeFormation) {
      return passed('The project does not use Lake Formation');
    }
    const grants = resourcesOf(
      context,
      'AWS::LakeFormation::PrincipalPermissions',
    );
    if (grants.length === 0) {
      return unknown('No stack grants anything', 'Deploy the environment');
    }
    const missing: string[] = [];
    for (const { logicalId, properties } of grants) {
      const lacks = await listMissing(context, properties);
      if (lacks.length > 0) missing.push(`${logicalId}: ${lacks.join(', ')}`);
    }
    return missing.length > 0
      ? failed(
          `Not granted any more: ${missing.join('; ')}`,
          'Grant it again in Lake Formation (docs/security.md)',
        )
      : passed(`${grants.length} grants`);
  },
};

async function listMissing(
  context: VerifyContext,
  properties: Record<string, unknown>,
): Promise<string[]> {
  const granted = await listGranted(context, properties);
  return asList(properties.Permissions)
    .map(String)
    .filter(permission => !granted.has(permission));
}

/** https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_ListPermissions.html */
async function listGranted(
  context: VerifyContext,
  properties: Record<string, unknown>,
): Promise<Set<string>> {
  const { clients, signal } = context;
  const principal = toPrincipal(context, properties);
  const granted: PrincipalResourcePermissions[] = [];
  let token: string | undefined;
  do {
    const NextToken = token;
    const page = await calling(
      {
        what: `listing what ${principal} is granted`,
        action: 'lakeformation:ListPermissions',
      },
      () =>
        clients.lakeformation.send(
          new ListPermissionsCommand({
            Principal: { DataLakePrincipalIdentifier: principal },
            Resource: toResource(properties.Resource),
            NextToken,
          }),
          { abortSignal: signal },
        ),
    );
    granted.push(...(page.PrincipalResourcePermissions ?? []));
    token = page.NextToken;
  } while (token);
  return new Set(granted.flatMap(({ Permissions }) => Permissions ?? []));
}

/** The ARN of a role, which the template gets of the role that it makes. */
function toPrincipal(
  context: VerifyContext,
  properties: Record<string, unknown>,
): string {
  const given = asObject(properties.Principal).DataLakePrincipalIdentifier;
  if (typeof given === 'string') return given;
  const [logicalId] = asList(asObject(given)['Fn::GetAtt']).map(String);
  const role = resourcesOf(context, 'AWS::IAM::Role').find(
    resource => resource.logicalId === logicalId.split('.')[0],
  );
  const { account, region } = context.clients.target;
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  return `arn:${partition}:iam::${account}:role/${role?.physicalId}`;
}

/** The API knows the same kinds of resources as the template. */
function toResource(value: unknown): Resource {
  const { Database, Table, DataLocation } = asObject(value) as Resource;
  if (DataLocation) return { DataLocation };
  return Database ? { Database } : { Table };
}
