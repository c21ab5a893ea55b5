import { ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { calling } from '@data-lake/aws';
import { asList } from '@data-lake/cloudformation';
import { resourcesOf, VerifyContext } from '../context';
import { failed, passed, ProjectCheck, unknown } from '../checkOutcome';

/** The managed policies that the stack attaches to the environment's execution role are on it. */
export const mwaaPolicy: ProjectCheck = {
  id: 'mwaa-policy',
  title: "The MWAA execution role has the project's policies",
  async look(context) {
    const role = context.files.deployment.parameters.MwaaExecutionRoleName;
    const expected = resourcesOf(context, 'AWS::IAM::ManagedPolicy').filter(
      ({ properties }) => asList(properties.Roles).includes(role),
    );
    if (expected.length === 0) {
      return unknown(
        `No stack attaches a policy to role ${role}`,
        'Deploy the environment',
      );
    }
    const attached = await listAttached(context, role);
    const missing = expected.filter(
      ({ physicalId }) => !attached.includes(physicalId!),
    );
    return missing.length > 0
      ? failed(
          `Role ${role} lacks ${missing.map(p => p.physicalId).join(', ')}`,
          'Attach it to the role: the DAG cannot do without',
        )
      : passed(`Role ${role} has ${expected.length} of the project's`);
  },
};

/** ARNs. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
async function listAttached(
  { clients, signal }: VerifyContext,
  role: string,
): Promise<string[]> {
  const arns: string[] = [];
  let marker: string | undefined;
  do {
    const Marker = marker;
    const page = await calling(
      {
        what: `listing the policies of role ${role}`,
        action: 'iam:ListAttachedRolePolicies',
      },
      () =>
        clients.iam.send(
          new ListAttachedRolePoliciesCommand({ RoleName: role, Marker }),
          { abortSignal: signal },
        ),
    );
    arns.push(...(page.AttachedPolicies ?? []).map(p => p.PolicyArn!));
    marker = page.Marker;
  } while (marker);
  return arns;
}
